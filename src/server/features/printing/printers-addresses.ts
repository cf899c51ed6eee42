import type { PrinterTransport } from '#contract/printers.ts'
import { readIppAddress } from './transports/ipp-address.ts'
import { readSerialAddress } from './transports/serial.ts'
import { readUsbAddress } from './transports/usb-devices.ts'

/**
 * What is wrong with an address, in a sentence; undefined when it can be used. Nothing is asked on the network here.
 * Which addresses are taken and why: docs/decisions/0011-printer-addresses.md.
 */
export function addressProblem(transport: PrinterTransport, address: string): string | undefined {
  return problems[transport](address)
}

const problems: Record<PrinterTransport, (address: string) => string | undefined> = {
  tcp: tcpProblem,
  ipp: ippProblem,
  usb: (address) =>
    readUsbAddress(address) ? undefined : 'Write a USB printer as 04b8:0e15, or find it below.',
  serial: (address) =>
    readSerialAddress(address)
      ? undefined
      : 'Write a serial port as /dev/ttyUSB0?baud=19200 or COM3?baud=9600; flow=rtscts or flow=xonxoff may follow.',
  spooler: (address) =>
    /^[^\p{Cc},]{1,220}$/u.test(address) && address.trim() !== ''
      ? undefined
      : 'Write the name of a printer as this computer lists it.',
  system: (address) =>
    address === '' ? undefined : 'The print dialog needs no address: the printer is chosen in it each time.',
}

function tcpProblem(address: string): string | undefined {
  const example = 'such as 192.168.1.50:9100'
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return `Write only the host and the port, ${example}.`
  if (address.includes('@'))
    return `An address carries no name or password. Write the host and the port, ${example}.`
  const [, six, plain, port] = /^(?:\[([0-9a-f:.%\w]+)\]|([^\s:[\]/?#]+)):(\d{1,5})$/i.exec(address) ?? []
  if (port === undefined) return `Write the host and the port, ${example}.`
  if (Number(port) < 1 || Number(port) > 65_535)
    return 'A port is a number from 1 to 65535; printers take 9100.'
  const isHost = six === undefined ? isHostName(plain ?? '') : URL.canParse(`http://[${six}]`)
  return isHost ? undefined : `“${six ?? plain}” is no host. Write the printer’s address, ${example}.`
}

function ippProblem(address: string): string | undefined {
  const example = 'such as ipp://192.168.1.51/ipp/print'
  if (/^\w+:\/\/[^/]*@/.test(address)) return `An address carries no name or password. Write it ${example}.`
  const read = readIppAddress(address)
  if (!read) return `Write an ipp://, ipps:// or http:// address, ${example}.`
  const { hostname } = read.url
  return hostname.startsWith('[') || isHostName(hostname)
    ? undefined
    : `“${hostname}” is no host. Write it ${example}.`
}

/** A name or an IPv4 address; what looks like numbers has to be one. */
function isHostName(host: string): boolean {
  if (/^[\d.]+$/.test(host)) return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(host)
  return (
    host.length <= 253 &&
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?:\.(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?))*\.?$/i.test(
      host,
    )
  )
}
