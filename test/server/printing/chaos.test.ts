import { describe, expect, it } from 'vitest'
import { runPrintChaos, type ChaosOptions } from '#test/support/print-chaos.ts'

/** The whole of it is `npm run bench -- print-chaos`: a thousand tickets and three hundred kills. */
const small = {
  jobs: 60,
  printers: 3,
  kills: 12,
  life: [60, 260],
  withFaults: true,
  counts: true,
  seed: 7,
} as const

function chaos(change: Partial<ChaosOptions>) {
  return runPrintChaos({ policy: 'spool', ...small, ...change })
}

describe('tickets through crashes, paper ends, pulled cables and power cuts', () => {
  it('all come out, and none comes out twice without saying so', async () => {
    const result = await chaos({})
    expect(result).toMatchObject({ kills: 12, lost: [], doubled: [], surplus: [] })
    expect(result.tickets).toBeGreaterThanOrEqual(60)
  }, 180_000)

  it('without evidence come out again marked, and never twice without saying so', async () => {
    const result = await chaos({ counts: false })
    expect(result).toMatchObject({ kills: 12, lost: [], doubled: [] })
    expect(result.marked).toBeGreaterThan(0)
  }, 180_000)

  it('are lost where a program writes, closes and calls it printed', async () => {
    const result = await chaos({ policy: 'naive-close', jobs: 240, kills: 4 })
    expect(result.lost.length).toBeGreaterThan(0)
  }, 180_000)

  it('come out twice in silence where a program sends again until it is proved', async () => {
    const result = await chaos({ policy: 'naive-retry', kills: 12 })
    expect(result.doubled.length).toBeGreaterThan(0)
  }, 180_000)
})
