import { NothingSent, PrinterProblem, type Line, type LineTransport } from './transport.ts'
import {
  listUsbDevices,
  printerPortOf,
  readUsbAddress,
  type ListUsb,
  type UsbAddress,
  type UsbDevice,
  type UsbPrinterPort,
} from './usb-devices.ts'

const pieceBytes = 8192
/** A printer out of paper takes nothing; longer than that, and it is a doubt. */
const writeWithin = 20_000
/** One look for bytes from it; the next follows at once. */
const lookFor = 200

/** A printer on a USB cable (class 7), on Linux and macOS. Windows keeps USB printers to its spooler. */
export function usbTransport(address: string, list: ListUsb = listUsbDevices): LineTransport {
  return {
    kind: 'line',
    async open() {
      const wanted = readUsbAddress(address)
      if (!wanted) throw new NothingSent(`“${address}” is no USB printer. Write it as 04b8:0e15.`, 'error')
      const device = (await list()).find((one) => matches(one, wanted))
      if (!device) throw new NothingSent('It is not plugged in at USB, or it is off. Look at its cable.')
      const port = printerPortOf(device)
      if (!port) throw new NothingSent('What is plugged in there is no printer.', 'error')
      await claim(device, port)
      return lineOf(device, port)
    },
  }
}

function matches(device: UsbDevice, { vendorId, productId, serialNumber }: UsbAddress): boolean {
  const isModel = device.vendorId === vendorId && device.productId === productId
  return isModel && (serialNumber === null || device.serialNumber === serialNumber)
}

async function claim(device: UsbDevice, port: UsbPrinterPort): Promise<void> {
  try {
    await device.open()
    // Linux gives every printer to its own driver; where there is none, there is nothing to take it from.
    await device.detachKernelDriver(port.interface).catch(() => {})
    await device.selectConfiguration(port.configuration).catch(() => {})
    await device.claimInterface(port.interface)
  } catch {
    await device.close().catch(() => {})
    const sentence =
      'Another program has this USB printer, or this account may not use it. Close the other program.'
    throw new NothingSent(sentence, 'busy')
  }
}

function lineOf(device: UsbDevice, port: UsbPrinterPort): Line {
  let listener: (bytes: Buffer) => void = () => {}
  let isOpen = true
  let fail: (problem: PrinterProblem) => void = () => {}
  const broken = new Promise<never>((_, reject) => (fail = reject))
  broken.catch(() => {})

  async function read(endpoint: number): Promise<void> {
    while (isOpen) {
      const { data } = await device.transferIn(endpoint, 64, lookFor).catch((error: unknown) => {
        // Nothing to say within the time is no fault.
        if (isTimeout(error)) return { data: undefined }
        throw error
      })
      if (data && data.byteLength > 0) listener(Buffer.from(data.buffer, data.byteOffset, data.byteLength))
    }
  }

  async function close(): Promise<void> {
    await device.releaseInterface(port.interface).catch(() => {})
    await device.close().catch(() => {})
  }

  const reading = port.in === null ? Promise.resolve() : read(port.in).catch(() => fail(unplugged()))
  return {
    broken,
    onData: (next) => (listener = next),
    async write(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = new Uint8Array(bytes.subarray(at, at + pieceBytes))
        const { status } = await device
          .transferOut(port.out, piece, writeWithin)
          .catch(() => ({ status: 'broken' }))
        if (status !== 'ok') throw unplugged()
      }
    },
    // A cable has no end to wait for: what the last transfer took is in the printer.
    finish: async () => true,
    destroy() {
      if (!isOpen) return
      isOpen = false
      void reading.then(close)
    },
  }
}

function isTimeout(error: unknown): boolean {
  return /time(d )?\s?out|cancell?ed/i.test(error instanceof Error ? error.message : '')
}

function unplugged(): PrinterProblem {
  return new PrinterProblem('Its USB connection broke off. Look at its cable, and whether it is on.')
}
