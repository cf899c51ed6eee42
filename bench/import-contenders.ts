import { createReadStream } from 'node:fs'
import Database from 'better-sqlite3'
import Papa from 'papaparse'
import { ImportWorker } from '#server/features/imports/engine/import-worker.ts'
import { reservedSlugs } from '#contract/reserved-slugs.ts'
import type { ImportData, Injected } from './import-data.ts'

/** What a contender found, to be held against what was put in, and what it took. */
export interface Outcome {
  found: Omit<Injected, 'rows' | 'stored_same' | 'stored_different'> & { rows: number; stored: number }
  ms: number
  /** Until the first rows could be shown. */
  firstRowsMs?: number
  /** The slowest and the middle page of 50 rows, by filter. */
  pages?: Record<string, { median: number; p99: number }>
}

export type Contender = (data: ImportData) => Promise<Outcome>

const NOW = '2026-11-23T00:00:00.000000Z'

const noneFound = (): Outcome['found'] => ({
  rows: 0,
  slug_invalid: 0,
  slug_reserved: 0,
  slug_duplicate: 0,
  destination_missing: 0,
  destination_not_https: 0,
  destination_not_public: 0,
  date_invalid: 0,
  stored: 0,
})

function ours(compare: boolean, timePages: boolean): Contender {
  return async (data) => {
    const started = performance.now()
    const worker = new ImportWorker({
      // Beside this file once it is bundled.
      workerUrl: new URL('worker.mjs', import.meta.url),
    })
    const stored = { databasePath: data.database, businessId: 'b1', hidden: [] }
    let firstRowsMs = 0
    const result = await worker.scan(
      {
        path: data.csv,
        filename: 'import.csv',
        onDuplicate: 'skip',
        now: NOW,
        ...(compare ? { stored } : {}),
      },
      { opened: () => (firstRowsMs = performance.now() - started) },
    )
    const ms = performance.now() - started
    const found = noneFound()
    for (const { code, rows } of result.finding_counts) {
      if (code in found) found[code as keyof Outcome['found']] = rows
    }
    found.rows = result.counts.rows
    found.stored = result.counts.unchanged + result.counts.skipped
    const pages = timePages ? await pageTimes(worker) : undefined
    await worker.close()
    return { found, ms, firstRowsMs, ...(pages === undefined ? {} : { pages }) }
  }
}

/** Times 200 pages each of all rows, of errors and of duplicates, first touches included. */
async function pageTimes(worker: ImportWorker): Promise<NonNullable<Outcome['pages']>> {
  const times: NonNullable<Outcome['pages']> = {}
  for (const filter of ['all', 'errors', 'duplicates'] as const) {
    const { total } = await worker.page({ filter, offset: 0, limit: 50 })
    const taken: number[] = []
    for (let k = 0; k < 200; k++) {
      const offset = Math.floor(((k * 7919) % 200) * (total / 200))
      const started = performance.now()
      await worker.page({ filter, offset, limit: 50 })
      taken.push(performance.now() - started)
    }
    taken.sort((a, b) => a - b)
    times[filter] = { median: taken[100]!, p99: taken[197]! }
  }
  return times
}

const reserved = new Set(reservedSlugs.map(({ slug }) => slug))
const privateHost =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|19[28]\.\d+|2(2[4-9]|[3-5]\d))\.|^\[|\.(local|lan|internal|localhost|home\.arpa)$/

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** The same checks as somebody would write them over Papa Parse's rows. */
class PapaChecks {
  readonly found = noneFound()
  readonly slugs = new Map<string, number>()

  row(cells: string[]): void {
    const { found, slugs } = this
    const row = ++found.rows
    const slug = cells[0]!.normalize('NFKC').trim().toLowerCase()
    if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(slug)) found.slug_invalid++
    else if (reserved.has(slug)) found.slug_reserved++
    else if (slugs.has(slug)) found.slug_duplicate++
    else slugs.set(slug, row)
    this.#destination(cells[1]!.trim())
    if (cells[2]!.length > 200 || cells[4]!.length > 120 || cells[7]!.length > 5000)
      throw new Error('unexpected text')
    if (cells[3] !== '' && cells[3]!.split(',').some((tag) => tag.length > 60))
      throw new Error('unexpected tag')
    if (cells[6] !== '' && Number.isNaN(Date.parse(cells[6]!))) found.date_invalid++
  }

  #destination(text: string): void {
    const { found } = this
    if (text === '') {
      found.destination_missing++
      return
    }
    const url = text.length <= 2048 ? parseUrl(text) : null
    if (url === null || url.protocol !== 'https:') found.destination_not_https++
    else if (url.username !== '' || !url.hostname.includes('.') || privateHost.test(url.hostname)) {
      found.destination_not_public++
    }
  }
}

const papaStream: Contender = (data) =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const checks = new PapaChecks()
    let header = true
    Papa.parse(createReadStream(data.csv), {
      skipEmptyLines: 'greedy',
      chunk: ({ data: rows }: Papa.ParseResult<string[]>) => {
        for (const cells of rows) {
          if (header) header = false
          else checks.row(cells)
        }
      },
      complete: () => resolve({ found: checks.found, ms: performance.now() - started }),
      error: reject,
    })
  })

const papaWhole: Contender = (data) =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    const checks = new PapaChecks()
    const kept: string[][] = []
    let header = true
    Papa.parse(createReadStream(data.csv), {
      skipEmptyLines: 'greedy',
      chunk: ({ data: rows }: Papa.ParseResult<string[]>) => {
        for (const cells of rows) {
          if (header) header = false
          else {
            kept.push(cells)
            checks.row(cells)
          }
        }
      },
      complete: () => {
        checks.found.stored = compareBy500(data.database, checks, kept)
        resolve({ found: checks.found, ms: performance.now() - started })
      },
      error: reject,
    })
  })

function findBySlug(list: string): string {
  return `select slug, destination_url, title from qr_links where business_id = 'b1' and deleted_at is null and slug in (${list})`
}

function compareBy500(database: string, { slugs }: PapaChecks, kept: string[][]): number {
  const db = new Database(database, { readonly: true })
  const marks = Array(500).fill('?').join(',')
  const many = db.prepare<string[], { slug: string; title: string }>(findBySlug(marks))
  const all = [...slugs.keys()]
  let stored = 0
  for (let from = 0; from < all.length; from += 500) {
    const part = all.slice(from, from + 500)
    const statement =
      part.length === 500
        ? many
        : db.prepare<string[], { slug: string; title: string }>(findBySlug(part.map(() => '?').join(',')))
    for (const { slug } of statement.all(...part)) if (kept[slugs.get(slug)! - 1] !== undefined) stored++
  }
  db.close()
  return stored
}

export const contenders: Record<string, Contender> = {
  'ours-whole': ours(true, false),
  'ours-pages': ours(true, true),
  'papa-whole': papaWhole,
  'ours-parse': ours(false, false),
  'papa-stream': papaStream,
}
