/**
 * Redirects a second, with every scan counted, against a bare Fastify route with the same answer. One loads after
 * the other, from a process of its own. `node bench/redirect.ts [--links N] [--rounds N] [--seconds N]`
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import SqliteDatabase from 'better-sqlite3'
import type { Load, LoadOutcome } from './load-child.ts'
import { median, report } from './measure.ts'
import { benchData, seedLinks } from './seed-links.ts'
import { startServer } from './start-server.ts'

const { values } = parseArgs({
  options: {
    links: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
  },
})
const distinctSlugs = 20_000
const connections = 32

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function withDatabase<T>(dataDir: string, work: (sqlite: SqliteDatabase.Database) => T): T {
  const sqlite = new SqliteDatabase(join(dataDir, 'qrscan.sqlite'), { readonly: true })
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

function somePaths(dataDir: string): string[] {
  return withDatabase(dataDir, (sqlite) =>
    sqlite
      .prepare<[], string>(
        `select '/r/' || slug from qr_links where is_active = 1 and starts_at is null and expires_at is null
         and deleted_at is null order by (seq * 7919) % 1000003 limit ${distinctSlugs}`,
      )
      .pluck()
      .all(),
  )
}

/** Scans in the history, and batches that still have to be worked into it. */
function countScans(dataDir: string): { rows: number; batches: number } {
  return withDatabase(dataDir, (sqlite) => ({
    rows: sqlite.prepare<[], number>('select count(*) from qr_scans').pluck().get()!,
    batches: sqlite.prepare<[], number>('select count(*) from qr_scan_batches').pluck().get()!,
  }))
}

function sumOfCounts(dataDir: string): number {
  return withDatabase(dataDir, (sqlite) =>
    sqlite.prepare<[], number>('select sum(scan_count) from qr_links').pluck().get()!,
  )
}

/** Waits until every scan is written and added to its link. */
async function settle(dataDir: string, scans: number): Promise<void> {
  for (let turn = 0; turn < 600; turn++) {
    const counted = countScans(dataDir)
    if (counted.rows >= scans && counted.batches === 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function main(): Promise<void> {
  const dataDir = join(benchData, 'redirect')
  rmSync(dataDir, { recursive: true, force: true })
  cpSync(await seedLinks(Number(values.links)), dataDir, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  })
  const paths = somePaths(dataDir)
  const sumBefore = sumOfCounts(dataDir)
  const server = await startServer(dataDir)
  const bare = fork(here('bare-redirect-child.ts'))
  const [barePort] = (await once(bare, 'message')) as [number]
  const generator = fork(here('load-child.ts'))
  async function load(port: number, milliseconds: number): Promise<LoadOutcome> {
    const answer = once(generator, 'message') as Promise<[LoadOutcome]>
    generator.send({ port, paths, connections, milliseconds } satisfies Load)
    return (await answer)[0]
  }
  const port = Number(new URL(server.url).port)
  let redirected = 0
  const runs: { ours: LoadOutcome; bare: LoadOutcome }[] = []
  await server.reset()
  for (let round = 0; round <= Number(values.rounds); round++) {
    const ours = await load(port, Number(values.seconds) * 1000)
    redirected += ours.answers
    if (ours.statuses['302'] !== ours.answers) throw new Error(JSON.stringify(ours.statuses))
    await settle(dataDir, redirected)
    const run = { ours, bare: await load(barePort, Number(values.seconds) * 1000) }
    // The first round warms up.
    if (round > 0) runs.push(run)
  }
  const delay = await server.delay()
  await server.stop()
  bare.send('stop')
  generator.kill()
  const after = countScans(dataDir)
  const bench = 'redirect'
  const rate = (who: 'ours' | 'bare') => median(runs.map((run) => run[who].perSecond))
  const p99 = (who: 'ours' | 'bare') => median(runs.map((run) => run[who].p99))
  const ratio = median(runs.map(({ ours, bare: peer }) => ours.perSecond / peer.perSecond))
  const missed = Math.max(
    Math.abs(after.rows - redirected),
    Math.abs(sumOfCounts(dataDir) - sumBefore - redirected),
  )
  rmSync(dataDir, { recursive: true, force: true })
  report([
    {
      bench,
      what: 'redirects',
      ours: rate('ours'),
      peer: rate('bare'),
      unit: '/s',
      ratio,
      target: '>= 0.8',
      met: ratio >= 0.8,
    },
    { bench, what: 'p99 of an answer', ours: p99('ours'), peer: p99('bare'), unit: 'ms' },
    {
      bench,
      what: `scans not counted, of ${redirected}`,
      ours: missed,
      unit: '',
      target: '0',
      met: missed === 0,
    },
    { bench, what: "the server's event loop held up, at most", ours: delay.max, unit: 'ms' },
  ])
}

await main()
