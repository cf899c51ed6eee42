/**
 * A verdict of a decoded scan over 200,000 criteria: the scan is read and judged in this process, and asked for through
 * the API of a server in another. `node bench/recalls.ts [--criteria N] [--scans N]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from '#contract/client.ts'
import { checkRecalls } from '#contract/recalls.ts'
import { openDatabase } from '#server/db/open.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { itemOf } from '#server/features/recalls/scanned-item.ts'
import { RecallLines, verdictFor } from '#server/features/recalls/verdict.ts'
import { builtWorkers } from './built-workers.ts'
import { median, quantile, report, timed } from './measure.ts'
import { gtinAt, seedRecalls } from './seed-recalls.ts'
import { startServer } from './start-server.ts'

const { values } = parseArgs({
  options: {
    criteria: { type: 'string', default: '200000' },
    scans: { type: 'string', default: '5000' },
  },
})
const [criteria, scans] = [Number(values.criteria), Number(values.scans)]
const lots = ['L7', 'B1500', 'X9', 'LOT7A']

/** Two in three are of recalled products, of every recall in turn; some lots are named and some are not. */
function scanAt(index: number): string {
  const gtin = gtinAt((index * 7919) % Math.round(criteria * 1.5))
  return `]d201${gtin}10${lots[index % lots.length]}`
}

const folder = mkdtempSync(join(tmpdir(), 'bench-recalls-'))
try {
  const server = await startServer(folder)
  const client = createClient({ baseUrl: server.url, token: () => server.bearer })
  await seedRecalls(client, criteria)
  const asked: number[] = []
  for (let at = 0; at < 1000; at++) {
    asked.push(await timed(() => client.call(checkRecalls, { body: { scans: [scanAt(at)] } })))
  }
  const { businessId } = server
  await server.stop()

  const database = await openDatabase({ dataDir: folder, readWorker: builtWorkers().read })
  const validate = makeGs1Engine(readBuiltInDictionary())
  const lines = new RecallLines()
  const verdicts = new Map<string, number>()
  const judge = async (scan: string): Promise<void> => {
    const item = itemOf(validate([scan], { today: '2026-11-23' }))
    if (item === undefined) throw new Error(`${scan} names no product.`)
    const { verdict } = await verdictFor(database.near, lines, item, [businessId])
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  }
  // The lines of every recall are read once, as after the first minutes of a shift.
  for (let at = 0; at < scans; at++) await judge(scanAt(at))
  const judged: number[] = []
  for (let at = 0; at < scans; at++) judged.push(await timed(() => judge(scanAt(at))))
  await database.close()
  if (verdicts.size < 2) throw new Error('All scans had one verdict: nothing was judged.')

  const what = `verdict over ${criteria} criteria`
  const [p99, half] = [quantile(judged, 0.99), median(judged)]
  report([
    { bench: 'recalls', what: `${what}, median`, ours: half, unit: 'ms', target: '< 1 ms', met: half < 1 },
    { bench: 'recalls', what: `${what}, p99`, ours: p99, unit: 'ms', target: '< 1 ms', met: p99 < 1 },
    { bench: 'recalls', what: `${what}, through the API, p99`, ours: quantile(asked, 0.99), unit: 'ms' },
  ])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
