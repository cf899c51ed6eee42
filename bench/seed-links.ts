/**
 * A data folder with many links, as an agency with a few hundred campaigns would have it; made once and kept until
 * the tables change. `node bench/seed-links.ts [--links N]` prints its path.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { openDatabase } from '#server/db/open.ts'
import type { Db } from '#server/db/schema.ts'
import { makeConfig } from '#server/entry-config.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { makeBulkLinks } from '#server/features/qr-links/bulk.ts'
import { EventHub } from '#server/http/event-hub.ts'

export const benchData = fileURLToPath(new URL('.data', import.meta.url))
const tables = new URL('../migrations/0001-foundation.ts', import.meta.url)
const rowsAtOnce = 5000
const day = 86_400_000

const places = 'berlin,munich,hamburg,vienna,zurich,paris,lyon,milan,rome,madrid,porto,oslo,malmo,gent'.split(
  ',',
)
const things =
  'menu,table,flyer,poster,window,coupon,feedback,wifi,event,catalog,label,card,stand,guide'.split(',')
const seasons = 'spring,summer,autumn,winter'.split(',')
const tags =
  'print,outdoor,vip,qr,retail,food,b2b,trial,nfc,social,renewal,partner,kiosk,pilot,archive'.split(',')

/** Numbers that look random and are the same in every run (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The slug of link `index`, counted from 0. */
export function slugOf(index: number): string {
  const place = places[index % places.length]!
  const thing = things[Math.floor(index / places.length) % things.length]!
  return `${place}-${thing}-${((index * 7919) % 36 ** 5).toString(36).padStart(5, '0')}-${index.toString(36)}`
}

function linkOf(index: number, random: () => number, now: number) {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!
  const [place, thing, season] = [pick(places), pick(things), pick(seasons)]
  const fate = random()
  return {
    slug: slugOf(index),
    destination_url: `https://www.${place}-${thing}.example.com/${season}/${index}?utm_source=qr&utm_medium=print`,
    title: random() < 0.9 ? `${thing} ${place}, ${season} no. ${index}` : null,
    // About 200 campaigns, the first ones far larger than the last.
    campaign: random() < 0.8 ? `${season} ${2020 + Math.floor(random() ** 3 * 50)}` : null,
    tags: random() < 0.6 ? [pick(tags), ...(random() < 0.3 ? [pick(tags)] : [])] : [],
    notes: random() < 0.1 ? `Hangs by the door of ${place}; replace it when the ${season} ends.` : null,
    is_active: random() > 0.05,
    starts_at: fate > 0.99 ? new Date(now + 3650 * day).toISOString().replace('Z', '000Z') : null,
    expires_at: fate < 0.03 ? new Date(now - 30 * day).toISOString().replace('Z', '000Z') : null,
  }
}

async function fill(db: Db, count: number): Promise<void> {
  const now = Date.now()
  const random = makeRandom(1)
  const { businessId } = await ensureOwner(db, now)
  const bulk = makeBulkLinks({ events: new EventHub() })
  const { first } = await bulk.reserve(db, count)
  for (let from = 0; from < count; from += rowsAtOnce) {
    const size = Math.min(rowsAtOnce, count - from)
    const rows = Array.from({ length: size }, (_, at) => linkOf(from + at, random, now))
    await db
      .transaction()
      .execute((trx) => bulk.insert(trx, rows, { seq: first + from, importId: 'seed', businessId, now }))
  }
  // One in five was scanned, a few of them often; one in two hundred was deleted.
  await sql`update qr_links set scan_count = 1 + (seq * 7919) % 997,
    last_scanned_at = strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now', '-' || ((seq * 104729) % 7776000) || ' seconds')
    where seq % 5 = 0`.execute(db)
  await sql`update qr_links set deleted_at = created_at where seq % 200 = 1`.execute(db)
  await sql`delete from qr_link_tags where link_seq % 200 = 1`.execute(db)
}

/** The path of a data folder with `count` links, made if it is not there. */
export async function seedLinks(count = 1_000_000): Promise<string> {
  const version = createHash('sha256')
    .update(readFileSync(tables))
    .update(readFileSync(new URL(import.meta.url)))
    .digest('hex')
  const folder = join(benchData, `links-${count}-${version.slice(0, 8)}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const database = await openDatabase({ dataDir: unfinished, readWorker: makeConfig({}).workers.read })
  await fill(database.db, count)
  await database.close()
  renameSync(unfinished, folder)
  return folder
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { links: { type: 'string', default: '1000000' } } })
  process.stdout.write(`${await seedLinks(Number(values.links))}\n`)
}
