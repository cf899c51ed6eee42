import { createSocket, type Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import type { FoundPrinter } from '#contract/printers.ts'
import { decodeAnswer, encodeQuestion, types, type DnsRecord } from './discovery-mdns-packets.ts'
import { guessProfile } from './guess-profile.ts'

const group = '224.0.0.251'
const port = 5353
const listenFor = 2500

/** Services that are printers (DNS-SD; Bonjour Printing Specification 1.2.1, section 4). */
const services = {
  '_pdl-datastream._tcp.local': 'tcp',
  '_ipp._tcp.local': 'ipp',
  '_ipps._tcp.local': 'ipps',
  '_printer._tcp.local': 'lpd',
} as const

type Service = (typeof services)[keyof typeof services]

/**
 * Asks the network who prints, from a port of our own, so that answers come to us alone and no other program's
 * multicast DNS is in the way (RFC 6762, section 5.1).
 */
export async function findOnNetwork(signal: AbortSignal): Promise<FoundPrinter[]> {
  const records: DnsRecord[] = []
  const sockets = await openSockets((bytes) => records.push(...decodeAnswer(bytes)))
  if (sockets.length === 0)
    throw new Error('This computer is on no network that printers could announce themselves on.')
  try {
    ask(sockets, Object.keys(services), types.ptr)
    await pause(listenFor / 3, signal)
    // Once more for whoever missed it, and for the details of those who gave only their name.
    ask(sockets, Object.keys(services), types.ptr)
    ask(sockets, withoutService(records), types.srv)
    ask(sockets, withoutService(records), types.txt)
    await pause((listenFor * 2) / 3, signal)
  } finally {
    for (const socket of sockets) socket.close()
  }
  return printersIn(records)
}

/** Waits, or ends early with what there is. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** One for each IPv4 address of this machine: a question leaves through the network of its socket. */
async function openSockets(onMessage: (bytes: Buffer) => void): Promise<Socket[]> {
  const entries = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
  const addresses = entries.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
  const opened = await Promise.all(addresses.map((address) => open(address, onMessage)))
  return opened.filter((socket) => socket !== undefined)
}

function open(address: string, onMessage: (bytes: Buffer) => void): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.on('message', onMessage)
    socket.once('error', () => resolve(undefined))
    socket.bind(0, address, () => {
      try {
        socket.setMulticastInterface(address)
        socket.setMulticastTTL(255)
        resolve(socket)
      } catch {
        socket.close()
        resolve(undefined)
      }
    })
  })
}

/** Each name by itself: to a port of our own, answers are cut at one packet a question (measured on Avahi 0.8). */
function ask(sockets: readonly Socket[], names: readonly string[], type: number): void {
  for (const name of names) {
    const question = encodeQuestion(name, type)
    // A network that takes no multicast answers nothing; that is all there is to it.
    for (const socket of sockets) socket.send(question, port, group, () => {})
  }
}

/** Printers of which only the name has come. */
function withoutService(records: readonly DnsRecord[]): string[] {
  const known = new Set(records.filter(({ type }) => type === types.srv).map(({ name }) => name))
  const named = records.flatMap(({ name, data }) =>
    name in services && data.kind === 'name' ? [data.name] : [],
  )
  return [...new Set(named)].filter((name) => !known.has(name) && !name.includes('\\.')).slice(0, 20)
}

/** What the answers say, a printer each way. Names and texts are the network's: nothing in them is trusted. */
export function printersIn(records: readonly DnsRecord[]): FoundPrinter[] {
  const addresses = new Map<string, string>()
  const texts = new Map<string, Map<string, string>>()
  for (const { name, data } of records) {
    if (data.kind === 'address') addresses.set(name.toLowerCase(), data.address)
    if (data.kind === 'texts') texts.set(name, pairsOf(data.texts))
  }
  const found = new Map<string, FoundPrinter>()
  for (const { name, data } of records) {
    if (data.kind !== 'service' || data.port === 0) continue
    const end = Object.keys(services).find((service) => name.endsWith(`.${service}`)) as
      | keyof typeof services
      | undefined
    if (end === undefined) continue
    const host = addresses.get(data.host.toLowerCase()) ?? data.host
    const instance = name.slice(0, -end.length - 1).replaceAll('\\.', '.')
    const one = printerOf(
      services[end],
      instance,
      host,
      data.port,
      texts.get(name) ?? new Map<string, string>(),
    )
    if (one) found.set(`${one.transport} ${one.address}`, one)
  }
  // Most announce both ways of one queue; its plain one needs no certificate that nobody can check.
  for (const one of found.values()) {
    if (one.address.startsWith('ipp:')) found.delete(`ipp ${one.address.replace('ipp:', 'ipps:')}`)
  }
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'))
}

function pairsOf(texts: readonly string[]): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=')
      return at < 0 ? [text.toLowerCase(), ''] : [text.slice(0, at).toLowerCase(), text.slice(at + 1)]
    }),
  )
}

function printerOf(
  service: Service,
  instance: string,
  host: string,
  at: number,
  texts: ReadonlyMap<string, string>,
): FoundPrinter | undefined {
  if (!/^[\w.:-]{1,253}$/.test(host)) return undefined
  const model = clean(texts.get('ty') ?? texts.get('product') ?? '')
  const base = {
    name: clean(instance) || model || host,
    profile: guessProfile(`${model} ${texts.get('usb_mdl') ?? ''} ${instance}`),
    found_by: 'It announces itself on the network',
  }
  if (service === 'tcp') return { ...base, transport: 'tcp', address: `${host}:${at}` }
  // LPD says that a printer is there; what it takes at that port we do not speak, but nearly all have 9100 too.
  if (service === 'lpd') {
    const found_by = 'It announces itself on the network (LPD); its port is a guess'
    return { ...base, found_by, transport: 'tcp', address: `${host}:9100` }
  }
  const path = (texts.get('rp') ?? 'ipp/print').replaceAll(/[^\w./%~-]/g, '').replace(/^\/+/, '')
  return { ...base, transport: 'ipp', address: `${service}://${host}:${at}/${path}` }
}

/** Bytes before words, and words that need no certificate before those that do. */
function rank({ transport, address }: FoundPrinter): number {
  return transport === 'tcp' ? 0 : address.startsWith('ipp:') ? 1 : 2
}

function clean(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 60)
}
