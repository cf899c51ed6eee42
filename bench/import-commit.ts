/**
 * A commit of 1,000,000 rows into 1,000,000 stored links through the API, beside the same rows by row-by-row prepared
 * inserts of better-sqlite3 into the same tables; how long other requests wait meanwhile; and the preview through the
 * API beside the engine called directly. `node bench/import-commit.ts [--rows N] [--links N] [--rounds N]`
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { createClient, type Client } from '#contract/client.ts'
import { commitImport, findImport, undoImport, type Import } from '#contract/imports.ts'
import { changeQrLink, findQrLink, listQrLinks } from '#contract/qr-links.ts'
import { ImportWorker } from '#server/features/imports/engine/import-worker.ts'
import { builtWorkers } from './built-workers.ts'
import { makeImportData } from './import-data.ts'
import { median, report, type Result } from './measure.ts'
import { insertRowByRow } from './import-row-by-row.ts'
import { benchData, seedLinks } from './seed-links.ts'
import { startServer, type BenchServer } from './start-server.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    links: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '2' },
  },
})
const [rows, links, rounds] = [Number(values.rows), Number(values.links), Number(values.rounds)]
const csv = makeImportData(benchData, rows).csv

interface Times {
  preview: number
  engine: number
  commit: number
  /** Row by row in one transaction, and in one of 10,000 rows each. */
  one: number
  many: number
  waits: { preview: number; commit: number; undo: number }
}

/** A copy of the stored links to write in, removed when done. */
async function inCopy<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const seeded = await seedLinks(links)
  const copy = mkdtempSync(join(benchData, 'commit-'))
  try {
    cpSync(seeded, copy, { recursive: true })
    // What the copy left to be written would be waited for by the first commit that asks the disk.
    execFileSync('sync')
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** Reads and changes a link all the while; `stop` gives the longest wait in milliseconds. */
async function watchOthers(client: Client): Promise<{ stop(): Promise<number> }> {
  const { data } = (await client.call(listQrLinks, { query: { per_page: 1 } })).qr_links
  const params = { id: data[0]!.id }
  let longest = 0
  let isOver = false
  async function ask(work: () => Promise<unknown>): Promise<void> {
    const start = performance.now()
    await work()
    longest = Math.max(longest, performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  async function go(): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      await ask(() => client.call(findQrLink, { params }))
      await ask(() => client.call(changeQrLink, { params, body: { notes: `turn ${turn}` } }))
    }
  }
  const going = go()
  return {
    stop: async () => {
      isOver = true
      await going
      return longest
    },
  }
}

async function settled(client: Client, id: string, during: Import['status']): Promise<Import> {
  for (;;) {
    const { import: now } = await client.call(findImport, { params: { id } })
    if (now.status !== during) return now
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Sends the file in large pieces under a known length, as a browser's own network process does: not the page's cost. */
async function preview({ url, bearer }: BenchServer): Promise<{ ms: number; id: string }> {
  const start = performance.now()
  const headers = {
    Authorization: `Bearer ${bearer}`,
    Accept: 'application/json',
    'Content-Type': 'text/csv',
    'Content-Length': statSync(csv).size,
  }
  const call = request(`${url}/api/imports/qr-links/preview`, { method: 'POST', headers })
  const answered = once(call, 'response') as Promise<[IncomingMessage]>
  createReadStream(csv, { highWaterMark: 1 << 20 }).pipe(call)
  const [response] = await answered
  const { import: made } = (await json(response)) as { import: Import }
  if (made.status !== 'ready') throw new Error(made.failure ?? made.status)
  return { ms: performance.now() - start, id: made.id }
}

async function throughApi(server: BenchServer): Promise<Pick<Times, 'preview' | 'commit' | 'waits'>> {
  const client = createClient({ baseUrl: server.url, token: () => server.bearer })
  const beside = await watchOthers(client)
  const checked = await preview(server)
  const previewWait = await beside.stop()
  // Once more without company: this is the time. The same for the commit, which is undone and done again in company.
  const alone = await preview(server)
  const commit = await commitOf(client, checked.id)
  const undo = await besideOthers(client, async () => {
    await client.call(undoImport, { params: { id: checked.id }, query: { wait: false } })
    await settled(client, checked.id, 'undoing')
  })
  const again = await besideOthers(client, () => commitOf(client, alone.id))
  return { preview: alone.ms, commit, waits: { preview: previewWait, commit: again, undo } }
}

async function commitOf(client: Client, id: string): Promise<number> {
  const start = performance.now()
  await client.call(commitImport, { params: { id }, query: { wait: false } })
  const { status, counts, failure } = await settled(client, id, 'committing')
  if (status !== 'committed' || counts.creates === 0) throw new Error(failure ?? status)
  return performance.now() - start
}

async function besideOthers(client: Client, work: () => Promise<unknown>): Promise<number> {
  const others = await watchOthers(client)
  await work()
  return others.stop()
}

async function engineAlone(dataDir: string, businessId: string): Promise<number> {
  const start = performance.now()
  const worker = new ImportWorker({ workerUrl: builtWorkers().import })
  await worker.scan({
    path: csv,
    filename: 'import.csv',
    onDuplicate: 'skip',
    now: '2026-11-23T00:00:00.000000Z',
    stored: { databasePath: join(dataDir, 'qrscan.sqlite'), businessId, hidden: [] },
  })
  const ms = performance.now() - start
  await worker.close()
  return ms
}

/** What the commit wrote, by the peer, into a copy of the same links. */
async function rowByRow(source: string, atOnce: number): Promise<number> {
  return inCopy(async (dataDir) =>
    insertRowByRow({ from: source, into: join(dataDir, 'qrscan.sqlite'), atOnce }),
  )
}

async function oneRound(): Promise<Times> {
  return inCopy(async (dataDir) => {
    const server = await startServer(dataDir)
    const engine = await engineAlone(dataDir, server.businessId)
    let api: Awaited<ReturnType<typeof throughApi>>
    try {
      api = await throughApi(server)
    } finally {
      await server.stop()
    }
    const source = join(dataDir, 'qrscan.sqlite')
    const one = await rowByRow(source, Infinity)
    const many = await rowByRow(source, 10_000)
    process.stderr.write(`${JSON.stringify({ ...api, engine, one, many })}\n`)
    return { ...api, engine, one, many }
  })
}

function results(all: readonly Times[]): Result[] {
  const of = (pick: (times: Times) => number): number => median(all.map(pick))
  const worst = (pick: (times: Times) => number): number => Math.max(...all.map(pick))
  const compared = (what: string, ours: number, peer: number, limit: number): Result => {
    const ratio = ours / peer
    const target = `≤ ${limit}`
    return { bench: 'import-commit', what, ours, unit: 'ms', peer, ratio, target, met: ratio <= limit }
  }
  const waited = (what: string, ours: number): Result => {
    return { bench: 'import-commit', what, ours, unit: 'ms', target: '≤ 50 ms', met: ours <= 50 }
  }
  return [
    compared(
      `commit of ${rows} rows, row by row in one transaction`,
      of((t) => t.commit),
      of((t) => t.one),
      0.85,
    ),
    compared(
      `commit of ${rows} rows, row by row in 10,000s`,
      of((t) => t.commit),
      of((t) => t.many),
      0.85,
    ),
    compared(
      `preview of ${rows} rows, the engine alone`,
      of((t) => t.preview),
      of((t) => t.engine),
      1.3,
    ),
    waited(
      'longest wait of others during a preview',
      worst((t) => t.waits.preview),
    ),
    waited(
      'longest wait of others during a commit',
      worst((t) => t.waits.commit),
    ),
    waited(
      'longest wait of others during an undo',
      worst((t) => t.waits.undo),
    ),
  ]
}

const all: Times[] = []
for (let round = 0; round < rounds; round++) all.push(await oneRound())
report(results(all))
