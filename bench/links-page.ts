/**
 * A page of 25 links out of a million, at the store and at the API, against the same SQL run bare in one thread.
 * `node bench/links-page.ts [--links N] [--rounds N] [--only TEXT]`
 */
import { join } from 'node:path'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { QrLinkFilter } from '#contract/qr-links.ts'
import { HiddenRanges } from '#server/db/hidden-ranges.ts'
import type { Database } from '#server/db/open.ts'
import { openReadPool } from '#server/db/read-pool.ts'
import type { Tables } from '#server/db/schema.ts'
import { openReader, withStatementCache } from '#server/db/sqlite.ts'
import { makeConfig } from '#server/entry-config.ts'
import { linksIn, type LinkSelection } from '#server/features/qr-links/filter.ts'
import { QrLinkLists } from '#server/features/qr-links/list.ts'
import { median, quantile, report, takeTurns, type Result } from './measure.ts'
import { seedLinks } from './seed-links.ts'
import { startServer, type BenchServer } from './start-server.ts'

const { values } = parseArgs({
  options: {
    links: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
})
const perPage = 25
type Filter = Omit<QrLinkFilter, 'business_id'>

const filters: Filter[] = [
  {},
  { campaign: 'spring 2020' },
  { campaign: 'winter 2069' },
  { tag: 'outdoor' },
  { status: 'active' },
  { status: 'paused' },
  { status: 'expired' },
  { status: 'scheduled' },
  { search: 'berlin' },
  { search: 'berlin-menu' },
  { search: 'no. 777777' },
  { search: 'not there at all' },
  { sort: 'created_at' },
  { sort: 'slug' },
  { sort: '-slug' },
  { sort: 'scan_count' },
  { sort: '-scan_count' },
  { sort: 'last_scanned_at' },
  { sort: '-last_scanned_at' },
  { campaign: 'spring 2020', sort: 'slug' },
  { campaign: 'spring 2020', tag: 'outdoor', sort: '-scan_count' },
  { tag: 'outdoor', status: 'active' },
  { status: 'active', sort: '-scan_count' },
  { status: 'paused', sort: 'slug' },
  { campaign: 'spring 2020', search: 'berlin' },
  { tag: 'outdoor', search: 'menu', sort: 'slug' },
]

/** Runs what the store runs, statement by statement, with nothing in between. */
function makeBare(path: string) {
  const sqlite = openReader(path)
  const recorded: { sql: string; parameters: unknown[] }[] = []
  const readers = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: sqlite }),
    log: ({ query }) => void recorded.push({ sql: query.sql, parameters: [...query.parameters] }),
  })
  const hidden = new HiddenRanges()
  async function same(selection: LinkSelection, sort: Filter['sort'], offset: number): Promise<() => void> {
    recorded.length = 0
    const lists = new QrLinkLists({ kind: 'sqlite', readers, near: readers } as Database, hidden)
    await listPage(lists, selection, sort, offset)
    const statements = recorded.map(({ sql, parameters }) => ({ run: sqlite.prepare(sql), parameters }))
    return () => {
      for (const { run, parameters } of statements) run.all(parameters)
    }
  }
  /** As a textbook writes it: count(*), then select * with limit and offset. */
  function plain(selection: LinkSelection, sort: NonNullable<Filter['sort']>, offset: number): () => void {
    const links = readers.selectFrom('qr_links').where(linksIn(selection, hidden))
    const count = links.select((e) => e.fn.countAll().as('total')).compile()
    const column = sort.replace('-', '').replace('created_at', 'seq') as 'seq'
    const way = sort.startsWith('-') ? ('desc' as const) : ('asc' as const)
    const ordered = column === 'seq' ? links : links.orderBy(column, way)
    const page = ordered.selectAll().orderBy('seq', way).limit(perPage).offset(offset).compile()
    const statements = [count, page].map(({ sql, parameters }) => ({ run: sqlite.prepare(sql), parameters }))
    return () => {
      for (const { run, parameters } of statements) run.all([...parameters])
    }
  }
  return { same, plain, close: () => sqlite.close() }
}

async function listPage(
  lists: QrLinkLists,
  selection: LinkSelection,
  sort: Filter['sort'],
  offset: number,
): Promise<void> {
  await lists.page(selection, sort ?? '-created_at', { limit: perPage, offset })
}

// A connection each: one that was kept may be closed by the server while a long count runs here.
const agent = new Agent()

/** One answer of the server, read to its end. */
function get(server: BenchServer, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${server.bearer}` }
    request(server.url + path, { agent, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      answer.on('end', () => (answer.statusCode === 200 ? resolve(body) : reject(new Error(body))))
    })
      .on('error', reject)
      .end()
  })
}

interface Row {
  what: string
  same: number
  plain: number
  store: number
  kept: number
  api: number
}

async function main(): Promise<void> {
  const dataDir = await seedLinks(Number(values.links))
  const server = await startServer(dataDir)
  const path = join(dataDir, 'qrscan.sqlite')
  const sqlite = new SqliteDatabase(path, { readonly: true })
  const bare = makeBare(path)
  const readers = openReadPool(makeConfig({}).workers.read, path)
  const near = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withStatementCache(openReader(path)) }),
  })
  const lists = new QrLinkLists({ kind: 'sqlite', readers, near } as Database, new HiddenRanges())
  const rows: Row[] = []
  await server.reset()
  for (const filter of filters) {
    const { sort = '-created_at', ...rest } = filter
    const name =
      Object.entries(filter)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ') || 'all'
    if (!name.includes(values.only)) continue
    const selection = { businessId: server.businessId, filter: rest, now: Date.now() }
    const total = await lists.count(selection)
    const pages = Math.max(1, Math.ceil(total / perPage))
    for (const page of new Set([1, Math.ceil(pages / 2), pages])) {
      const offset = (page - 1) * perPage
      const query = new URLSearchParams({ ...(filter as Record<string, string>), page: String(page) })
      const same = await bare.same(selection, sort, offset)
      const plain = bare.plain(selection, sort, offset)
      // A server has answered such a question before: what is compared is not the compiler of JavaScript.
      for (const end = performance.now() + 150; performance.now() < end;) {
        lists.forget()
        await listPage(lists, selection, sort, offset)
      }
      const times = await takeTurns(
        {
          same,
          plain,
          store: () => {
            lists.forget()
            return listPage(lists, selection, sort, offset)
          },
          kept: () => listPage(lists, selection, sort, offset),
        },
        Number(values.rounds),
      )
      const api: number[] = []
      for (let round = 0; round < times.store.length; round++) {
        await server.forget()
        const start = performance.now()
        const body = await get(server, `/api/qr-links?${query}`)
        api.push(performance.now() - start)
        if ((JSON.parse(body) as { qr_links: { total: number } }).qr_links.total !== total) {
          throw new Error(`${name}: the API's total is not ${total}`)
        }
      }
      process.stderr.write(
        `${name}, page ${page}: ${median(times.store).toFixed(1)} / ${median(times.same).toFixed(1)} / ${median(times.plain).toFixed(1)}, known ${median(times.kept).toFixed(1)}, API ${median(api).toFixed(1)} ms\n`,
      )
      rows.push({
        what: `${name}, page ${page} of ${pages}`,
        same: median(times.same),
        plain: median(times.plain),
        store: median(times.store),
        kept: median(times.kept),
        api: median(api),
      })
    }
  }
  const delay = await server.delay()
  sqlite.close()
  bare.close()
  await readers.destroy()
  await near.destroy()
  await server.stop()
  agent.destroy()
  report(resultsOf(rows, delay))
}

function resultsOf(rows: Row[], delay: { p99: number; max: number }): Result[] {
  const bench = 'links-page'
  const lines = rows.flatMap(({ what, same, plain, store, kept, api }): Result[] => [
    {
      bench,
      what,
      ours: store,
      peer: same,
      unit: 'ms',
      ratio: store / same,
      target: '<= 2',
      met: store / same <= 2,
    },
    { bench, what: '  textbook SQL; ours once the total is known', ours: kept, peer: plain, unit: 'ms' },
    { bench, what: '  API', ours: api, unit: 'ms', target: '< 50 ms', met: api < 50 },
  ])
  const ratios = rows.map(({ store, same }) => store / same)
  return [
    ...lines,
    {
      bench,
      what: 'all pages: worst against the textbook',
      ours: Math.max(...rows.map(({ store, plain }) => store / plain)),
      unit: '×',
    },
    { bench, what: 'all pages: median of the ratios', ours: median(ratios), unit: '×' },
    {
      bench,
      what: 'all pages: worst ratio',
      ours: Math.max(...ratios),
      unit: '×',
      target: '<= 2',
      met: Math.max(...ratios) <= 2,
    },
    {
      bench,
      what: 'all pages: API p90',
      ours: quantile(
        rows.map(({ api }) => api),
        0.9,
      ),
      unit: 'ms',
    },
    {
      bench,
      what: "the server's event loop held up, at most",
      ours: delay.max,
      unit: 'ms',
      target: '<= 50 ms',
      met: delay.max <= 50,
    },
  ]
}

await main()
