/**
 * A thousand tickets over printers that reset, stall, run out of paper and lose power, in a process that is killed
 * three hundred times; and the two ways in which most programs print, in the same chaos. What counts is the paper.
 * `node bench/print-chaos.ts [--jobs N] [--kills N] [--printers N] [--seed N]`
 */
import { parseArgs } from 'node:util'
import { runPrintChaos, type ChaosPolicy } from '#test/support/print-chaos.ts'
import { report, type Result } from './measure.ts'

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '300' },
    printers: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
})

const names: Record<ChaosPolicy, string> = {
  spool: 'the spool',
  'naive-close': 'write, close, call it printed',
  'naive-retry': 'send again until it is proved',
}

async function measure(policy: ChaosPolicy, kills: number, counts = true): Promise<Result[]> {
  const result = await runPrintChaos({
    policy,
    jobs: Number(values.jobs),
    printers: Number(values.printers),
    kills,
    // Without evidence every restart begins with a reprint: a little longer, or nothing else is ever printed.
    life: counts ? [25, 100] : [60, 200],
    withFaults: true,
    counts,
    seed: Number(values.seed),
  })
  const name = `${names[policy]}${counts ? '' : ' on printers that do not count'}, ${values.jobs} tickets, ${result.kills} kills`
  const line = (what: string, ours: number): Result => ({
    bench: 'print-chaos',
    what: `${name}: ${what}`,
    ours,
    unit: '',
  })
  const judged = (what: string, ours: number): Result => ({
    ...line(what, ours),
    target: '0',
    met: ours === 0,
  })
  if (policy === 'spool') {
    return [
      judged('lost', result.lost.length),
      judged('doubled without a mark', result.doubled.length),
      ...(counts ? [judged('more than one though the evidence was there', result.surplus.length)] : []),
      line('jobs with a ticket that says REPRINT', result.marked),
      line('most tickets of one job', result.most),
      line('tickets in all', result.tickets),
    ]
  }
  const wrong = result.lost.length + result.doubled.length
  return [
    line('lost', result.lost.length),
    { ...line('doubled without a mark', result.doubled.length), target: 'some of both', met: wrong > 0 },
  ]
}

const results: Result[] = []
results.push(...(await measure('spool', Number(values.kills))))
results.push(...(await measure('spool', Number(values.kills), false)))
// They call it done long before it is, so there is less time to kill them in.
results.push(...(await measure('naive-close', Math.min(Number(values.kills), 20))))
results.push(...(await measure('naive-retry', Math.min(Number(values.kills), 100))))
report(results)
process.exit(0)
