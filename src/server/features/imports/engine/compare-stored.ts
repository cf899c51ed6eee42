import { bitOf } from './finding-codes.ts'
import { FreeSlugs, baseSlug } from './free-slugs.ts'
import type { ImportSession } from './import-session.ts'
import { type StoredLink, isUnchanged } from './merge-row.ts'
import type { Progress } from './request.ts'
import { ERROR, SAME, STORED } from './row-table.ts'
import { NO_ROW } from './slug-claims.ts'
import type { StoredLinks } from './stored-links.ts'

/** Slugs a look-up in the database. */
const BATCH = 1500
/** Below this many slugs, asking for each is quicker whatever is stored. */
const SWEEP_FROM = 20_000
const MISSING_BIT = bitOf('slug_missing')

/**
 * Proposes a slug for every row without one. The slugs that the file does give come first, so this comes
 * last.
 */
export async function nameRows(session: ImportSession): Promise<void> {
  const { scan, options, pace } = session
  const free = new FreeSlugs(
    (slug) => scan.claims.isTaken(slug) || options.reserved.exact(slug) !== undefined,
  )
  for (const [k, row] of scan.withoutSlug.entries()) {
    nameRow(session, row, free)
    if (k % 500 === 499) await pace.breathe()
  }
}

export function nameRow(session: ImportSession, row: number, free: FreeSlugs): void {
  const { scan } = session
  const cells = session.cellsOf(row, 64 << 10)
  const { title, destination_url: destination } = session.options.fields
  const entry = scan.claims.enter(free.take(baseSlug(cells[title] ?? '', cells[destination] ?? '')))
  scan.slugs.firstRow[entry] = row
  scan.rows.slugs[row] = entry + 1
}

/** Marks every row whose slug is stored, and whether it would change the link. */
export async function compareStored(
  session: ImportSession,
  stored: StoredLinks,
  progress: (progress: Progress) => void,
): Promise<void> {
  const { slugs, rows } = session.scan
  const entries = slugs.size < SWEEP_FROM ? null : await sweep(session, stored)
  const free = session.newFree()
  const total = entries?.length ?? slugs.size
  for (let done = 0; done < total;) {
    const batch = entries === null ? slugs.json(done, BATCH) : jsonOf(session, entries, done)
    for (const { key, link } of stored.find(batch.json)) {
      const row = slugs.firstRow[entries?.[done + key] ?? done + key]!
      if (row === NO_ROW) continue
      if (rows.hasCode(row, MISSING_BIT)) nameRow(session, row, free)
      else noteStored(session, row, link)
    }
    done = batch.end
    progress({ phase: 'comparing', done, total, rows: rows.size })
    await session.pace.breathe()
  }
}

function jsonOf({ scan }: ImportSession, entries: Uint32Array, from: number): { json: string; end: number } {
  const end = Math.min(from + BATCH, entries.length)
  return {
    json: JSON.stringify(Array.from(entries.subarray(from, end), (entry) => scan.slugs.text(entry))),
    end,
  }
}

/**
 * Entries whose slug is stored, in order, found by walking over the stored slugs: less than half the time of
 * asking for each. Null when more is stored than makes this worth it.
 */
async function sweep({ scan, pace }: ImportSession, stored: StoredLinks): Promise<Uint32Array | null> {
  const found: number[] = []
  let left = scan.slugs.size * 2
  for (const { slugs, count } of stored.sweep()) {
    left -= count
    if (left < 0) return null
    scan.claims.entriesOf(slugs, found)
    await pace.breathe()
  }
  return Uint32Array.from(found).toSorted()
}

/** Notes that a stored link has the row's slug. A row with errors is not compared any further. */
export function noteStored(session: ImportSession, row: number, link: StoredLink): void {
  const { rows } = session.scan
  const same = (rows.flags[row]! & ERROR) === 0 && isUnchanged(session.valuesOf(row, 64 << 10), link)
  rows.flags[row] = rows.flags[row]! | STORED | (same ? SAME : 0)
}
