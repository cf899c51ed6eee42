import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findUsbPrinters } from '#server/features/printing/discovery-usb.ts'
import { askPrinter } from '#server/features/printing/printers-check.ts'
import {
  openSerialPort,
  readSerialAddress,
  serialTransport,
} from '#server/features/printing/transports/serial.ts'
import type { PrinterProblem } from '#server/features/printing/transports/transport.ts'
import type { UsbDevice } from '#server/features/printing/transports/usb-devices.ts'
import { usbTransport } from '#server/features/printing/transports/usb.ts'
import { startVirtualPrinter, type VirtualPrinter } from '#test/support/virtual-printer.ts'

const never = new AbortController().signal
const ticket = Buffer.from('\x1b@Kitchen 42\n\x1dV\x00', 'latin1')

async function problemOf(work: Promise<unknown>): Promise<PrinterProblem> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Error)) throw new Error('It went well.')
  return error as PrinterProblem
}

/** A USB device whose two bulk endpoints lead to a virtual printer. */
function usbPrinter(machine: VirtualPrinter, more: Partial<UsbDevice> = {}): UsbDevice & { calls: string[] } {
  const calls: string[] = []
  const socket = connect(machine.port, '127.0.0.1')
  let answer = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => (answer = Buffer.concat([answer, bytes])))
  const call = (name: string) => async () => void calls.push(name)
  return {
    calls,
    vendorId: 0x04b8,
    productId: 0x0e15,
    manufacturerName: 'EPSON',
    productName: 'TM-T20III',
    serialNumber: 'X1',
    configurations: [
      {
        configurationValue: 1,
        interfaces: [
          {
            interfaceNumber: 0,
            alternates: [
              {
                interfaceClass: 7,
                endpoints: [
                  { endpointNumber: 1, direction: 'out', type: 'bulk' },
                  { endpointNumber: 2, direction: 'in', type: 'bulk' },
                ],
              },
            ],
          },
        ],
      },
    ],
    open: call('open'),
    selectConfiguration: call('select'),
    claimInterface: call('claim'),
    releaseInterface: call('release'),
    detachKernelDriver: async () => {
      throw new Error('no driver is there')
    },
    async close() {
      calls.push('close')
      socket.destroy()
    },
    async transferIn(_endpoint, _length, timeout) {
      if (answer.length === 0) await new Promise((resolve) => setTimeout(resolve, Math.min(timeout, 20)))
      if (answer.length === 0) throw new Error('transfer timed out')
      const bytes = new Uint8Array(answer)
      answer = Buffer.alloc(0)
      return { status: 'ok', data: new DataView(bytes.buffer) }
    },
    async transferOut(_endpoint, data) {
      socket.write(data)
      return { status: 'ok' }
    },
    ...more,
  }
}

describe('a printer on USB', () => {
  it('is asked and fed through its two endpoints, and given back to the system', async () => {
    await using machine = await startVirtualPrinter()
    const device = usbPrinter(machine)
    const transport = usbTransport('04b8:0e15:X1', async () => [device])
    const seen = await askPrinter(transport, { proof: 'unknown' })
    expect(seen).toEqual({ status: { state: 'ready', reason: null }, proof: 'process_id' })
    await expect.poll(() => device.calls).toEqual(['open', 'select', 'claim', 'release', 'close'])
    const again = usbPrinter(machine)
    const line = await usbTransport('04b8:0e15', async () => [again]).open(never)
    await line.write(ticket)
    expect(await line.finish(100)).toBe(true)
    await expect
      .poll(() => machine.tickets().map(({ text }) => text))
      .toEqual([expect.stringContaining('Kitchen 42')])
    line.destroy()
  })

  it('that is not there, is another’s, or is pulled out says so', async () => {
    await using machine = await startVirtualPrinter()
    const open = (device: UsbDevice, address = '04b8:0e15') =>
      usbTransport(address, async () => [device]).open(never)
    expect((await problemOf(open(usbPrinter(machine), '04b8:0e16'))).message).toContain('not plugged in')
    expect((await problemOf(open(usbPrinter(machine), '04b8:0e15:X2'))).message).toContain('not plugged in')
    const taken = usbPrinter(machine, {
      claimInterface: async () => {
        throw new Error('busy')
      },
    })
    expect(await problemOf(open(taken))).toMatchObject({ state: 'busy' })
    const pulled = await open(
      usbPrinter(machine, {
        transferOut: async () => {
          throw new Error('no device')
        },
      }),
    )
    expect((await problemOf(pulled.write(ticket))).message).toContain('broke off')
    pulled.destroy()
  })

  it('is found with the address by which it is reached; what is no printer is not', async () => {
    await using machine = await startVirtualPrinter()
    const keyboard = usbPrinter(machine, { configurations: [] })
    const found = await findUsbPrinters(never, async () => [usbPrinter(machine), keyboard], 'linux')
    expect(found).toEqual([
      {
        name: 'EPSON TM-T20III',
        transport: 'usb',
        address: '04b8:0e15:X1',
        profile: 'epson-tm-t20',
        found_by: 'USB',
      },
    ])
  })
})

const hasSocat = spawnSync('socat', ['-V']).status === 0
const skipped = process.platform === 'win32' || !hasSocat
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe.skipIf(skipped)(
  `a printer on a serial line${skipped ? ' (skipped: socat is not installed)' : ''}`,
  () => {
    it('is asked and fed at both ends of a real terminal line', async () => {
      await using machine = await startVirtualPrinter()
      const folder = mkdtempSync(join(tmpdir(), 'qrscan-serial-'))
      const path = join(folder, 'tty')
      const ends = [`PTY,link=${path},raw,echo=0`, `TCP:127.0.0.1:${machine.port}`]
      children.push(spawn('socat', ends, { stdio: 'ignore' }))
      await expect.poll(() => existsSync(path)).toBe(true)
      // The address names devices alone; the line of this test is a link elsewhere.
      const open = () => openSerialPort({ path, baudRate: 19_200, flow: 'none' })
      const transport = serialTransport('/dev/ttyUSB0', open)
      const line = await transport.open(never)
      const answers: Buffer[] = []
      line.onData((bytes) => answers.push(bytes))
      await line.write(Buffer.concat([ticket, Buffer.from([0x10, 4, 1])]))
      await expect.poll(() => Buffer.concat(answers).toString('hex')).toContain('12')
      expect(await line.finish(2000)).toBe(true)
      await expect
        .poll(() => machine.tickets().map(({ text }) => text))
        .toEqual([expect.stringContaining('Kitchen 42')])
      line.destroy()
      rmSync(folder, { recursive: true })
    })

    it('that is not there says so', async () => {
      const problem = await problemOf(serialTransport('/dev/ttyNOTHERE?baud=9600').open(never))
      expect([problem.state, problem.message]).toEqual(['offline', expect.stringContaining('no serial port')])
    })
  },
)

describe('a serial address', () => {
  it('says its speed and who holds the line', () => {
    expect(readSerialAddress('/dev/ttyUSB0')).toEqual({
      path: '/dev/ttyUSB0',
      baudRate: 19_200,
      flow: 'none',
    })
    expect(readSerialAddress('COM12?baud=115200&flow=xonxoff')).toEqual({
      path: 'COM12',
      baudRate: 115_200,
      flow: 'xonxoff',
    })
    expect(readSerialAddress('/dev/ttyUSB0?flow=maybe')).toBeUndefined()
  })
})
