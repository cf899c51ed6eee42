import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Discovered } from '#server/features/printing/discovery.ts'
import { missingForPeers, runAmongPeers } from '#test/support/printing-peers.ts'

const missing = missingForPeers()
const script = fileURLToPath(new URL('./among-peers.ts', import.meta.url))

describe.skipIf(missing)(`real IPP printers and CUPS${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let seen: Record<string, unknown> & { found: Discovered; foundIn: number }
  beforeAll(() => {
    seen = runAmongPeers(script) as typeof seen
  }, 100_000)

  it('an IPP printer is asked, gets the ticket as a page, and says when the paper is out', () => {
    expect(seen['office']).toEqual({ status: { state: 'ready', reason: null }, proof: 'ipp' })
    expect([seen['officePrints'], seen['secure']]).toEqual(['printed', 'printed'])
    expect(seen['officePaper']).toEqual([expect.stringMatching(/^%PDF-/)])
  })

  it('jobs are remembered by the name that we gave them, which outlives a crash of ours', () => {
    const [printed, neverSent, older] = seen['officeFinds'] as string[]
    expect([printed, neverSent, older]).toEqual(['printed', 'absent', 'unknown'])
  })

  it('one without paper and with an open cover says what to do, and its job waits in it', () => {
    expect(seen['empty']).toMatchObject({
      state: 'cover_open',
      reason: expect.stringContaining('Close it') as string,
    })
    expect([seen['emptyFinds'], seen['emptyEnds']]).toEqual(['waiting', 'stopped'])
  })

  it('a raw queue of CUPS passes the ticket on byte for byte, and is not believed that paper came out', () => {
    expect(seen['raw']).toMatchObject({ status: { state: 'ready' }, proof: 'none' })
    expect(seen['rawPaper']).toBe('\x1b@Kitchen 42\n\x1dV\x00')
    expect([seen['rawPrints'], seen['rawFinds']]).toEqual(['sent', 'unknown'])
  })

  it('a queue that is not there is a sentence, and nothing was sent', () => {
    expect(seen['none']).toMatchObject({
      status: { reason: expect.stringContaining('no such printer') as string },
    })
    expect(seen['noneRefuses']).toBe('NothingSent')
  })

  it('test pages go the whole way through the server: pages to office printers, bytes to the raw queue', () => {
    expect(seen['wholeWay']).toEqual([
      { job: 'printed', proof: 'ipp', state: 'ready' },
      { job: 'printed', proof: 'ipp', state: 'ready' },
      { job: 'sent', proof: 'none', state: 'ready' },
    ])
    expect([seen['wholeWayPaper'], seen['rawWholeWay']]).toEqual([true, true])
    expect(seen['rasterPaper']).toEqual(['RaS2PwgRaster'])
  })

  it('all of them are found by their announcements and in the list of CUPS, within six seconds', () => {
    const found = seen.found.printers.map(({ name, address }) => `${name} ${address}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'Office One ipp://127.0.0.1:8631/ipp/print',
        'Raw_Kitchen ipp://localhost:631/printers/Raw_Kitchen',
      ]),
    )
    expect(seen.found.printers.some(({ name }) => name === 'Empty')).toBe(true)
    expect(seen.found.problems).toEqual([])
    expect(seen.foundIn).toBeLessThan(6000)
  })
})
