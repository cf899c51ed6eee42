import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** What was put into the file on purpose; every contender has to find exactly this. */
export interface Injected {
  rows: number
  /** Rows with an error, by what is wrong. */
  slug_invalid: number
  slug_reserved: number
  slug_duplicate: number
  destination_missing: number
  destination_not_https: number
  destination_not_public: number
  date_invalid: number
  /** Good rows whose slug is stored: as they are in the file, and otherwise. */
  stored_same: number
  stored_different: number
}

export interface ImportData {
  csv: string
  database: string
  injected: Injected
}

const words = (
  'spring summer autumn winter menu lunch dinner brunch garden table window poster flyer sticker booth street ' +
  'market harbor castle bridge river museum gallery hotel cafe bakery bistro tavern cinema theater festival concert'
).split(' ')

/** Numbers that look random and are the same on every machine. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** A spreadsheet of `rows` rows and a database of as many stored links under `bench/.data`, made once. */
export function makeImportData(folder: string, rows: number): ImportData {
  mkdirSync(folder, { recursive: true })
  const csv = join(folder, `import-${rows}.csv`)
  const database = join(folder, `import-${rows}.sqlite`)
  const manifest = join(folder, `import-${rows}.json`)
  if (!existsSync(manifest)) {
    const { injected, stored } = writeCsv(csv, rows)
    writeDatabase(database, rows, stored)
    writeFileSync(manifest, JSON.stringify(injected))
  }
  return { csv, database, injected: JSON.parse(readFileSync(manifest, 'utf8')) as Injected }
}

interface BenchRow {
  slug: string
  url: string
  title: string
  tags: string
  campaign: string
  utm: string
  expires: string
  notes: string
}

const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function makeRow(row: number, random: (below: number) => number): BenchRow {
  const word = (): string => words[random(words.length)]!
  const [one, two] = [word(), word()]
  const shout = random(100)
  return {
    slug: `${one}-${(row + 100_000).toString().padStart(7, '0')}`,
    url: `https://www.${two}-${one}.com/${word()}?ref=${random(1_000_000)}&src=qr`,
    title: shout < 20 ? `${one} "${two}", the ${word()}` : `${one} ${two} for ${word()}`,
    tags: shout < 40 && one !== two ? `${one},${two}` : one,
    campaign: `${word()} 2027`,
    utm: random(2) === 0 ? 'qr-code' : 'print',
    expires:
      random(3) === 0
        ? ''
        : `2027-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`,
    notes: shout > 97 ? `${word()}\nline two` : `at the ${word()} by ${word()}`,
  }
}

type Stored = { row: BenchRow; same: boolean }

function writeCsv(path: string, rows: number): { injected: Injected; stored: Stored[] } {
  const random = makeRandom(7)
  const injected: Injected = {
    rows,
    slug_invalid: 0,
    slug_reserved: 0,
    slug_duplicate: 0,
    destination_missing: 0,
    destination_not_https: 0,
    destination_not_public: 0,
    date_invalid: 0,
    stored_same: 0,
    stored_different: 0,
  }
  const stored: Stored[] = []
  const file = openSync(`${path}.part`, 'w')
  let text = 'slug,destination_url,title,tags,campaign,utm_source,expires_at,notes\n'
  let earlier = ''
  for (let row = 0; row < rows; row++) {
    const made = makeRow(row, random)
    if (row > 0 && row % 100 === 0) spoil(made, random(7), earlier, injected)
    else {
      earlier = made.slug
      if (row % 100 === 50) {
        const same = row % 200 === 50
        stored.push({ row: { ...made }, same })
        injected[same ? 'stored_same' : 'stored_different']++
      }
    }
    text += `${[made.slug, made.url, made.title, made.tags, made.campaign, made.utm, made.expires, made.notes].map(csvCell).join(',')}\n`
    if (row % 10_000 !== 9_999) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
  renameSync(`${path}.part`, path)
  return { injected, stored }
}

function spoil(row: BenchRow, how: number, earlier: string, injected: Injected): void {
  const spoils: (() => keyof Injected)[] = [
    () => ((row.slug = `${row.slug}_x`), 'slug_invalid'),
    () => ((row.slug = 'login'), 'slug_reserved'),
    () => ((row.slug = earlier), 'slug_duplicate'),
    () => ((row.url = ''), 'destination_missing'),
    () => ((row.url = row.url.replace('https:', 'http:')), 'destination_not_https'),
    () => ((row.url = 'https://192.168.1.20/menu'), 'destination_not_public'),
    () => ((row.expires = '2027-13-45'), 'date_invalid'),
  ]
  injected[spoils[how]!()]++
}

function writeDatabase(path: string, rows: number, stored: readonly Stored[]): void {
  rmSync(path, { force: true })
  const db = new Database(path)
  db.pragma('journal_mode = wal')
  db.exec(`create table qr_links (seq integer primary key, id text not null unique, business_id text not null,
    slug text not null, destination_url text not null, title text, campaign text, tags text not null default '[]',
    notes text, is_active integer not null default 1, starts_at text, expires_at text, style text not null default '{}',
    scan_count integer not null default 0, last_scanned_at text, import_id text, version integer not null default 1,
    created_at text not null, updated_at text not null, deleted_at text);
    create unique index qr_links_slug on qr_links (business_id, slug) where deleted_at is null`)
  const insert =
    db.prepare(`insert into qr_links (id, business_id, slug, destination_url, title, campaign, tags, notes,
    expires_at, created_at, updated_at) values (?, 'b1', ?, ?, ?, ?, ?, ?, ?, 'x', 'x')`)
  const random = makeRandom(99)
  const save = (row: BenchRow, id: number): void => {
    const expires = row.expires === '' ? null : `${row.expires}T00:00:00.000000Z`
    insert.run(
      `id-${id}`,
      row.slug,
      row.url,
      row.title,
      row.campaign,
      JSON.stringify(row.tags.split(',')),
      row.notes,
      expires,
    )
  }
  db.exec('begin')
  for (let id = 0; id < rows - stored.length; id++) {
    const row = makeRow(id, random)
    save({ ...row, slug: `${row.slug}-old` }, id)
  }
  for (const [k, { row, same }] of stored.entries())
    save(same ? row : { ...row, title: 'Another title' }, rows + k)
  db.exec('commit')
  db.pragma('wal_checkpoint(truncate)')
  db.close()
}
