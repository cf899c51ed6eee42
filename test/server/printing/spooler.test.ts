import { describe, expect, it } from 'vitest'
import { findWindowsQueues } from '#server/features/printing/discovery-windows.ts'
import { spoolerTransport, statusOfQueue } from '#server/features/printing/transports/spooler.ts'
import { systemTransport } from '#server/features/printing/transports/system.ts'
import { NeedsPerson, NothingSent } from '#server/features/printing/transports/transport.ts'
import {
  loadWinspool,
  winspoolOver,
  type WinspoolCalls,
} from '#server/features/printing/transports/winspool.ts'

const never = new AbortController().signal

/** The DLL, as far as we call it: one queue that keeps jobs until it is let go. */
function dll(more: Partial<WinspoolCalls> = {}) {
  const log: string[] = []
  const jobs: { name: string; status: number }[] = []
  const taken: Buffer[] = []
  const calls: WinspoolCalls = {
    openPrinter: (name) => ({ handle: { name }, code: name === 'Receipt' ? 0 : 1801 }),
    closePrinter: () => void log.push('close'),
    startDoc: (_handle, name) => ({ job: jobs.push({ name, status: 0x10 }), code: 0 }),
    write(_handle, bytes) {
      taken.push(Buffer.from(bytes))
      return { written: bytes.length, code: 0 }
    },
    endDoc: () => log.push('end') > 0,
    abort: () => void log.push('abort'),
    queues: () => ['Receipt', 'Microsoft Print to PDF', 'EPSON TM-T20III Receipt'],
    status: () => ({ bits: 0, code: 0 }),
    jobs: () => jobs,
    ...more,
  }
  const load = async () => winspoolOver(calls)
  return {
    log,
    jobs,
    load,
    bytes: () => Buffer.concat(taken),
    queue: (name = 'Receipt') => spoolerTransport(name, load),
  }
}

describe('a queue of Windows', () => {
  it('is fed raw, whole, and its job counts as sent once it has left the queue', async () => {
    const windows = dll()
    const long = Buffer.alloc(200_000, 'x')
    const printing = windows.queue().print(long, 'QRScan a 1', never)
    await expect.poll(() => windows.log).toEqual(['end', 'close', 'close'])
    expect([windows.bytes().equals(long), await windows.queue().find('QRScan a 1')]).toEqual([
      true,
      'waiting',
    ])
    windows.jobs[0]!.status = 0x80
    expect(await printing).toBe('sent')
    // Windows knows of delivery, not of paper.
    expect([await windows.queue().find('QRScan a 1'), await windows.queue().proof()]).toEqual([
      'unknown',
      'none',
    ])
  })

  it('that refuses before the first byte has nothing of it; one that breaks later leaves a doubt', async () => {
    await expect(dll().queue('Gone').print(Buffer.from('x'), 'n', never)).rejects.toThrow('no printer “Gone”')
    await expect(dll().queue('Gone').print(Buffer.from('x'), 'n', never)).rejects.toBeInstanceOf(NothingSent)
    const denied = dll({ startDoc: () => ({ job: 0, code: 5 }) })
    await expect(denied.queue().print(Buffer.from('x'), 'n', never)).rejects.toThrow('may not print')
    let pieces = 0
    const breaking = dll({
      write: (_handle, { length }) => ({ written: pieces++ === 0 ? length : 0, code: 31 }),
    })
    const doubt = breaking.queue().print(Buffer.alloc(100_000), 'n', never)
    await expect(doubt).rejects.not.toBeInstanceOf(NothingSent)
    expect(breaking.log).toEqual(['abort', 'close'])
  })

  it('says how it is', async () => {
    const states = [0, 0x10, 0x40_0000, 0x80, 0x8, 0x1, 0x400].map((bits) => statusOfQueue(bits).state)
    expect(states).toEqual(['ready', 'paper_out', 'cover_open', 'offline', 'error', 'error', 'printing'])
    expect(
      await dll({ status: () => ({ bits: 0x90, code: 0 }) })
        .queue()
        .status(),
    ).toMatchObject({ state: 'paper_out' })
    await expect(dll().queue('Gone').status()).rejects.toThrow('no printer')
  })

  it('is found by its name, without what prints onto files; elsewhere than on Windows there is none', async () => {
    const found = await findWindowsQueues(never, dll().load, 'win32')
    expect(found.map(({ address, profile }) => [address, profile])).toEqual([
      ['Receipt', null],
      ['EPSON TM-T20III Receipt', 'epson-tm-t20'],
    ])
    expect(await findWindowsQueues(never, dll().load, 'linux')).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('asked for on another system is a sentence', async () => {
    await expect(loadWinspool()).rejects.toThrow('on Windows alone')
  })
})

/** The smallest PNG that has a size. */
function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('the print dialog', () => {
  it('gets the ticket as a page of its own size in which nothing can run', async () => {
    const pages: string[] = []
    const host = { printDocument: async (html: string) => void pages.push(html) }
    const dialog = systemTransport(host, () => pngOf(640, 800))
    expect(await dialog.print(Buffer.from('x'), 'n', never)).toBe('sent')
    expect(pages[0]).toContain('@page{size:80.00mm 100.00mm;margin:0}')
    expect(pages[0]).toContain("default-src 'none'")
    expect(pages[0]).not.toContain('<script')
  })

  it('that was closed is not shown again by itself', async () => {
    const host = { printDocument: () => Promise.reject(new Error('The print dialog was closed.')) }
    const dialog = systemTransport(host, () => pngOf(1, 1))
    await expect(dialog.print(Buffer.from('x'), 'n', never)).rejects.toBeInstanceOf(NeedsPerson)
  })
})
