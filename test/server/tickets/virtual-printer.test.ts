import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { encodeTicket } from '#server/features/tickets/encode-ticket.ts'
import { ticketPng } from '#server/features/tickets/ticket-png.ts'
import { readTape } from '#test/support/printer-tape.ts'
import { startVirtualPrinter, type VirtualPrinter } from '#test/support/virtual-printer.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { profileOf, sampleLine, samplePress, sampleTicket } from './sample-ticket.ts'

/** Bytes written as letters. */
function raw(letters: string): Buffer {
  return Buffer.from(letters, 'latin1')
}

const hello = raw('\x1b@')
const cut = raw('\x1dVB\0')
const askProof = (id: string): Buffer => raw(`\x1d(H\x06\x0000${id}`)
const askCounter = raw('\x1dg2\0\xb2\0')

interface Client {
  socket: Socket
  /** Everything the printer has said, in hexadecimal. */
  heard: () => string
  isClosed: () => boolean
}

async function call({ port }: { port: number }): Promise<Client> {
  const socket = connect(port, '127.0.0.1')
  let heard = Buffer.alloc(0)
  let isClosed = false
  socket.on('data', (bytes: Buffer) => (heard = Buffer.concat([heard, bytes])))
  socket.on('error', () => undefined)
  socket.on('close', () => (isClosed = true))
  await once(socket, 'connect')
  onTestFinished(() => void socket.destroy())
  return { socket, heard: () => heard.toString('hex'), isClosed: () => isClosed }
}

async function start(options: Parameters<typeof startVirtualPrinter>[0] = {}): Promise<VirtualPrinter> {
  const printer = await startVirtualPrinter(options)
  onTestFinished(() => printer.close())
  return printer
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('status', () => {
  test.each([
    [{}, '12121212'],
    [{ paperNearEnd: true }, '1212121e'],
    [{ paperOut: true }, '1a32127e'],
    [{ coverOpen: true }, '1a161212'],
    [{ cutterError: true }, '1a521a12'],
  ])('in real time with %o is %s, even while nothing can be printed', async (faults, expected) => {
    const printer = await start({ faults })
    const { socket, heard } = await call(printer)
    socket.write(raw('waiting\n\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10'))
    await pause(5)
    socket.write(raw('\x04\x04'))
    await vi.waitFor(() => expect(heard()).toBe(expected))
  })

  test('comes by itself at each change until ESC @ turns it off', async () => {
    const printer = await start()
    const { socket, heard } = await call(printer)
    socket.write(raw('\x1da\xff'))
    await vi.waitFor(() => expect(heard()).toBe('10000000'))
    await printer.set({ coverOpen: true })
    await printer.set({ coverOpen: true })
    await printer.set({ coverOpen: false, paperNearEnd: true })
    await vi.waitFor(() => expect(heard()).toBe(['10000000', '38000000', '10000300'].join('')))
    socket.write(hello)
    await vi.waitFor(() => expect(printer.bytes).toBe(5))
    await printer.set({ paperOut: true })
    await pause(20)
    expect(heard()).toHaveLength(24)
  })

  test('in order (GS r 1) waits for what stands before it, and for paper', async () => {
    const printer = await start({ faults: { paperOut: true } })
    const { socket, heard } = await call(printer)
    socket.write(raw('Soup\n\x1dr1'))
    await pause(30)
    expect(heard()).toBe('')
    await printer.set({ paperOut: false })
    await vi.waitFor(() => expect(heard()).toBe('00'))
  })
})

describe('proof', () => {
  test('is the process id once all before it is on paper, and the counter of cuts', async () => {
    const printer = await start({ faults: { lineMs: 20 } })
    const { socket, heard } = await call(printer)
    socket.write(Buffer.concat([hello, raw('one\ntwo\n'), cut, askProof('A001'), askCounter]))
    await pause(15)
    expect(heard()).toBe('')
    await vi.waitFor(() => expect(heard()).toContain(raw('7"A001\0').toString('hex')))
    expect(heard()).toContain(raw('_1\0').toString('hex'))
    expect(printer.tickets()).toMatchObject([{ isCut: true, text: 'one\ntwo\n' }])
  })

  test('of several ids that are not out yet only the latest is answered', async () => {
    const printer = await start({ faults: { proofMs: 30 } })
    const { socket, heard } = await call(printer)
    socket.write(Buffer.concat([askProof('A001'), askProof('A002')]))
    await vi.waitFor(() => expect(heard()).toBe(raw('7"A002\0').toString('hex')))
  })

  test('an old clone takes the questions and says nothing; a mute one not even its status', async () => {
    const printer = await start({ faults: { noProof: true, noCounter: true } })
    const { socket, heard } = await call(printer)
    socket.write(Buffer.concat([askProof('A001'), askCounter, raw('\x1dr1')]))
    await vi.waitFor(() => expect(heard()).toBe('00'))
    await printer.set({ mute: true })
    socket.write(raw('\x10\x04\x01\x1dr1'))
    await pause(30)
    expect(heard()).toBe('00')
  })
})

describe('what goes wrong', () => {
  test('a full buffer pushes back, and all comes out once the paper is in', async () => {
    const printer = await start({ bufferBytes: 512, faults: { paperOut: true } })
    const { socket } = await call(printer)
    socket.write(Buffer.concat([raw('row\n'.repeat(25_000)), cut]))
    await pause(50)
    expect(printer.bytes).toBe(512)
    await printer.set({ paperOut: false })
    await vi.waitFor(() => expect(printer.tickets()).toHaveLength(1))
    expect(printer.tickets()[0]?.text).toHaveLength(100_000)
  })

  test('paper that ends in the middle stops there and goes on from there', async () => {
    const printer = await start({ faults: { linesLeft: 2 } })
    const { socket, heard } = await call(printer)
    socket.write(Buffer.concat([raw('\x1da\xffa\nb\nc\n'), cut]))
    await vi.waitFor(() => expect(heard()).toBe(['10000000', '18000f00'].join('')))
    expect(printer.counter).toBe(0)
    await printer.set({ paperOut: false })
    await vi.waitFor(() => expect(printer.tickets()).toMatchObject([{ text: 'a\nb\nc\n', isCut: true }]))
  })

  test('a reset in a picture leaves the next head among its dots, until enough zeros have come', async () => {
    const printer = await start({ faults: {} })
    await printer.set({ resetAfterBytes: 100 })
    const first = await call(printer)
    first.socket.write(Buffer.concat([raw('\x1dv0\0\x48\0\x40\0'), Buffer.alloc(72 * 64, 0xff)]))
    await vi.waitFor(() => expect(first.isClosed()).toBe(true))
    expect(printer.bytes).toBe(100)
    const second = await call(printer)
    second.socket.write(raw('\x1b@\x1da\xff'))
    await pause(30)
    expect(second.heard()).toBe('')
    second.socket.write(Buffer.concat([Buffer.alloc(8192), raw('\x1b@\x1da\xff')]))
    await vi.waitFor(() => expect(second.heard()).toBe('10000000'))
  })

  test('a power cut loses the buffer and keeps paper and counter', async () => {
    const printer = await start({ faults: { lineMs: 20 } })
    const { socket, isClosed } = await call(printer)
    socket.write(Buffer.concat([raw('whole\n'), cut, raw('K-1\n'), raw('lost\n'.repeat(50)), cut]))
    await vi.waitFor(() => expect(printer.counter).toBe(1))
    await pause(50)
    await printer.powerCycle(10)
    expect(isClosed()).toBe(true)
    expect(printer.tickets()).toMatchObject([{ isCut: true, text: 'whole\n' }, { isCut: false }])
    expect(printer.tickets()[1]?.text).toMatch(/^K-1\n(lost\n){0,10}$/)
    expect(printer.counter).toBe(1)
    const again = await call(printer)
    again.socket.write(askCounter)
    await vi.waitFor(() => expect(again.heard()).toBe(raw('_1\0').toString('hex')))
  })

  test('a job that dies and its reprint share paper, told apart by the initialisation', async () => {
    const printer = await start()
    await printer.set({ resetAfterBytes: 8 })
    const first = await call(printer)
    first.socket.write(Buffer.concat([hello, raw('K-1\nSoup\n'), cut]))
    await vi.waitFor(() => expect(first.isClosed()).toBe(true))
    const second = await call(printer)
    second.socket.end(Buffer.concat([hello, raw('K-1 again\n'), cut]))
    await vi.waitFor(() => expect(second.isClosed()).toBe(true))
    // The letters of the unfinished row were cleared by ESC @.
    expect(printer.tickets()).toMatchObject([{ parts: ['K-1\n', 'K-1 again\n'] }])
  })

  test('the second to call waits until the first has gone; a refusing one is not there', async () => {
    const printer = await start()
    const first = await call(printer)
    const second = await call(printer)
    second.socket.write(raw('\x10\x04\x01'))
    await pause(30)
    expect(second.heard()).toBe('')
    first.socket.destroy()
    await vi.waitFor(() => expect(second.heard()).toBe('12'))
    second.socket.destroy()
    await printer.set({ refuse: true })
    await expect(call(printer)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await printer.set({ refuse: false })
    await expect(call(printer)).resolves.toBeDefined()
  })

  test('a stalled one takes nothing and answers nothing until it is well again', async () => {
    const printer = await start({ faults: { stalled: true } })
    const { socket, heard } = await call(printer)
    socket.write(raw('\x10\x04\x01'))
    await pause(30)
    expect([heard(), printer.bytes]).toEqual(['', 0])
    await printer.set({ stalled: false })
    await vi.waitFor(() => expect(heard()).toBe('12'))
  })
})

test('a ticket of ours comes out of it as the preview shows it', async () => {
  const [profile, press] = [profileOf('generic-80'), samplePress()]
  const qr = { text: 'https://qrscan.ink/r/a', caption: null }
  const ticket = sampleTicket({ lines: [sampleLine({ name: '宫保鸡丁' }), sampleLine()], qr })
  const { bytes } = await encodeTicket(ticket, profile, press)
  const printer = await start({ bufferBytes: 256 })
  const { socket, isClosed } = await call(printer)
  socket.end(bytes)
  await vi.waitFor(() => expect(isClosed()).toBe(true))
  const [strip, ...others] = printer.tickets()
  expect(others).toEqual([])
  expect(strip).toMatchObject({ isCut: true, text: expect.stringContaining('1x Soup') as string })
  expect(strip?.dots).toBeGreaterThan(1000)
  expect(strip?.bytes.equals(bytes)).toBe(true)
  expect(await readCodes(ticketPng(strip!.bytes, profile, press))).toEqual([qr.text])
})

test('kicks of the drawer are kept, in order and in real time, even with the cover open', async () => {
  const printer = await start()
  const { socket } = await call(printer)
  socket.write(raw('\x1bp\0\x32\xfa'))
  await vi.waitFor(() => expect(printer.pulses()).toEqual([{ pin: 0, onMs: 100, offMs: 500 }]))
  await printer.set({ coverOpen: true })
  socket.write(raw('\x10\x14\x01\x01\x02'))
  await vi.waitFor(() => expect(printer.pulses()[1]).toEqual({ pin: 1, onMs: 200, offMs: 0 }))
})

test('as a process of its own it takes orders, and its tape outlives it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-printer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const tape = join(folder, 'tape.jsonl')
  const program = fileURLToPath(new URL('../../support/run-virtual-printer.ts', import.meta.url))
  const child = spawn(process.execPath, [program, '--tape', tape], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null')
  const { port } = (await next()) as { port: number }
  child.stdin.write('{"set": {"paperNearEnd": true}}\n')
  expect(await next()).toEqual({ done: true, counter: 0, tickets: 0, bytes: 0 })
  const { socket, heard } = await call({ port })
  socket.write(Buffer.concat([raw('\x1da\xff'), raw('K-0001\n'), cut, askProof('A001')]))
  await vi.waitFor(() => expect(heard()).toBe(`10000300${raw('7"A001\0').toString('hex')}`))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readTape(tape).strips).toMatchObject([{ isCut: true, text: 'K-0001\n', parts: ['K-0001\n'] }])
  const again = await start({ tapeFile: tape })
  expect([again.counter, again.tickets().length]).toEqual([1, 1])
})
