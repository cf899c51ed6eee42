import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { FoundPrinter } from '#contract/printers.ts'
import { guessProfile } from './guess-profile.ts'

const port = 9100
const knockFor = 300
const atOnce = 64
/** GS I 67 and 66: the model's and the maker's name, from printers that have one to tell. */
const nameQuestion = Buffer.from([0x1d, 0x49, 66, 0x1d, 0x49, 67])
const nameWithin = 800

/** Knocks at port 9100 of every address in this machine's own networks. */
export async function findByProbe(
  signal: AbortSignal,
  hosts: readonly string[] = neighbours(),
  at = port,
): Promise<FoundPrinter[]> {
  const found: FoundPrinter[] = []
  const waiting = [...hosts]
  const knock = async (): Promise<void> => {
    for (let host = waiting.shift(); host !== undefined && !signal.aborted; host = waiting.shift()) {
      const name = await nameAt(host, at)
      if (name === undefined) continue
      found.push({
        name: name === '' ? `Printer at ${host}` : name,
        transport: 'tcp',
        address: `${host}:${at}`,
        profile: guessProfile(name),
        found_by: 'It answers at port 9100',
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, knock))
  return found.toSorted((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))
}

/** Undefined where nobody listens; empty where something does that says no name. */
function nameAt(host: string, at: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: at })
    let answer = Buffer.alloc(0)
    let isOpen = false
    const end = (): void => {
      socket.destroy()
      resolve(isOpen ? nameIn(answer) : undefined)
    }
    let timer = setTimeout(end, knockFor)
    socket.once('connect', () => {
      isOpen = true
      clearTimeout(timer)
      timer = setTimeout(end, nameWithin)
      socket.write(nameQuestion)
    })
    socket.on('data', (bytes: Buffer) => {
      answer = Buffer.concat([answer, bytes])
      if (answer.length > 1000 || blocksOf(answer).length >= 2) end()
    })
    socket.once('error', end)
    socket.once('close', () => {
      clearTimeout(timer)
      end()
    })
  })
}

/** Each answer is `_`, the text, NUL. */
function blocksOf(answer: Buffer): string[] {
  return Array.from(answer.toString('latin1').matchAll(/_([^\0]{1,80})\0/g), ([, text]) => text!)
}

/** Maker and model as one name, of printable letters alone: whoever answers there may say anything. */
function nameIn(answer: Buffer): string {
  const [maker = '', model = ''] = blocksOf(answer).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '').trim())
  return `${maker} ${model}`.trim()
}

/** Every address of this machine's private IPv4 networks but its own; of a large network, the 256 around it. */
export function neighbours(interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces).flatMap((entries) => entries ?? [])
  const networks = own.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address),
  )
  const hosts = networks.flatMap(({ address, netmask }) => {
    const mask = Math.max(numberOf(netmask), 0xff_ff_ff_00) >>> 0
    const network = (numberOf(address) & mask) >>> 0
    const size = (~mask >>> 0) + 1
    return Array.from({ length: size }, (_, index) => textOf(network + index)).filter(
      (host, index) => index > 0 && index < size - 1 && host !== address,
    )
  })
  return [...new Set(hosts)]
}

function isPrivate(address: string): boolean {
  return /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(address)
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function textOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.')
}
