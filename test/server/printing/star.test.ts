import { createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { askPrinter } from '#server/features/printing/printers-check.ts'
import { readStarStatus } from '#server/features/printing/transports/star-status.ts'
import { starTransport } from '#server/features/printing/transports/star.ts'
import { tcpTransport } from '#server/features/printing/transports/tcp.ts'

const never = new AbortController().signal

interface StarState {
  paperOut: boolean
  coverOpen: boolean
  isMute: boolean
}

/** Status and counter of a printer that speaks Star Line, as its manual gives them. */
async function startStarPrinter(state: StarState = { paperOut: false, coverOpen: false, isMute: false }) {
  // The very value that would look like proof of the next ticket.
  let counter = 1
  let paper = ''
  let socket: Socket | undefined
  let waiting: number[] = []
  const say = (): void => {
    if (!state.isMute) socket?.write(statusOf(state, counter))
  }
  const work = (): void => {
    if (state.paperOut || state.coverOpen) return
    for (let byte = waiting.shift(); byte !== undefined; byte = waiting.shift()) {
      if (byte === 0x17) {
        counter = (counter + 1) % 32
        say()
      } else paper += String.fromCharCode(byte)
    }
  }
  const server = createServer({ allowHalfOpen: true }, (opened) => {
    socket = opened
    opened.on('error', () => opened.destroy())
    opened.on('end', () => opened.end())
    // By itself, as network boards do.
    say()
    opened.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1')
      if (text.includes('\x1b\x1eE\0')) counter = 0
      if (text.includes('\x1b\x06\x01')) say()
      waiting.push(...Buffer.from(text.replace('\x1b\x1eE\0', '').replaceAll('\x1b\x06\x01', ''), 'latin1'))
      work()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    transport: starTransport(tcpTransport(`127.0.0.1:${port}`)),
    paper: () => paper,
    change(next: Partial<StarState>) {
      Object.assign(state, next)
      work()
    },
    async [Symbol.asyncDispose]() {
      socket?.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function statusOf({ paperOut, coverOpen }: StarState, counter: number): Buffer {
  const bytes = Buffer.from([0x23, 0x86, 0, 0, 0, 0, 0, 0, 0])
  if (paperOut || coverOpen) bytes[2] = 0x08
  if (coverOpen) bytes[2] = 0x28
  if (paperOut) bytes[5] = 0x0c
  bytes[7] = ((counter & 0x07) << 1) | ((counter & 0x18) << 2)
  return bytes
}

describe('a printer that speaks Star Line', () => {
  it('proves by its counter that the ticket is on paper', async () => {
    await using star = await startStarPrinter()
    expect(await askPrinter(star.transport, { proof: 'unknown' })).toEqual({
      status: { state: 'ready', reason: null },
      proof: 'star_counter',
    })
    expect(await star.transport.print(Buffer.from('Kitchen 42\n'), 'QRScan 1', never)).toBe('printed')
    expect(star.paper()).toBe('Kitchen 42\n')
  })

  it('says what is wrong, and a ticket in the middle of which the paper ends is waited for', async () => {
    await using star = await startStarPrinter()
    star.change({ coverOpen: true })
    expect((await star.transport.status()).state).toBe('cover_open')
    star.change({ coverOpen: false, paperOut: true })
    expect((await star.transport.status()).state).toBe('paper_out')
    const printing = star.transport.print(Buffer.from('Bar 7\n'), 'QRScan 2', never)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(star.paper()).toBe('')
    star.change({ paperOut: false })
    expect([await printing, star.paper()]).toEqual(['printed', 'Bar 7\n'])
  })

  it('that never answers is sent to, and nothing more is claimed', async () => {
    await using star = await startStarPrinter({ paperOut: false, coverOpen: false, isMute: true })
    expect((await askPrinter(star.transport, { proof: 'unknown' })).proof).toBe('none')
    expect(await star.transport.print(Buffer.from('Bar 8\n'), 'QRScan 3', never)).toBe('sent')
  })

  it('is read whatever stands before its status, and a part of one is none', () => {
    const status = statusOf({ paperOut: false, coverOpen: false, isMute: false }, 21)
    expect(readStarStatus(Buffer.concat([Buffer.from([0x00, 0x10]), status]))).toMatchObject({
      counter: 21,
      end: 11,
    })
    expect(readStarStatus(status.subarray(0, 8))).toBeUndefined()
  })
})
