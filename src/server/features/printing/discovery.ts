import type { FoundPrinter } from '#contract/printers.ts'
import { findCupsQueues } from './discovery-cups.ts'
import { findOnNetwork } from './discovery-mdns.ts'
import { findByProbe } from './discovery-probe.ts'
import { findSerialPorts } from './discovery-serial.ts'
import { findUsbPrinters } from './discovery-usb.ts'
import { findWindowsQueues } from './discovery-windows.ts'

export interface Discovered {
  printers: FoundPrinter[]
  /** A sentence for each place that could not be looked at. */
  problems: string[]
}

export type DiscoverPrinters = (options: { probeNetwork: boolean }) => Promise<Discovered>

/** One place to look in. Rejects with an error whose message is a sentence for a person. */
export interface PrinterSource {
  /** For the sentence when it takes too long. */
  name: string
  find: (signal: AbortSignal) => Promise<FoundPrinter[]>
}

/** All places together answer within six seconds; what came by then is shown. */
const lookFor = 5500

/** Looks in all places at once. A place that fails is a sentence in `problems`, never a failed search. */
export async function discoverPrinters(
  { probeNetwork }: { probeNetwork: boolean },
  places: readonly PrinterSource[] = [...usualPlaces, ...(probeNetwork ? [probe] : [])],
): Promise<Discovered> {
  const signal = AbortSignal.timeout(lookFor)
  const results = await Promise.all(places.map((place) => lookIn(place, signal)))
  const printers = withoutTwins(results.flatMap((result) => result.printers))
  return { printers, problems: results.flatMap((result) => result.problems) }
}

const usualPlaces: readonly PrinterSource[] = [
  { name: 'the network', find: findOnNetwork },
  { name: 'USB', find: findUsbPrinters },
  { name: 'this computer’s print queues', find: findCupsQueues },
  { name: 'Windows’s printers', find: findWindowsQueues },
  { name: 'the serial ports', find: findSerialPorts },
]
const probe: PrinterSource = { name: 'port 9100 of the network', find: findByProbe }

async function lookIn({ name, find }: PrinterSource, signal: AbortSignal): Promise<Discovered> {
  const late = new Promise<Discovered>((resolve) => {
    const problem = `Looking at ${name} took too long and was given up.`
    signal.addEventListener('abort', () => resolve({ printers: [], problems: [problem] }), { once: true })
  })
  const found = find(signal).then(
    (printers) => ({ printers, problems: [] }),
    (error: unknown) => ({ printers: [], problems: [sentenceOf(error, name)] }),
  )
  return Promise.race([found, late])
}

function sentenceOf(error: unknown, name: string): string {
  const text = error instanceof Error ? error.message : ''
  // Only what was written for a person ends like a sentence; what a library says stays inside.
  return /^[A-Z].*\.$/.test(text) ? text : `It was not possible to look at ${name}.`
}

/** One printer is often announced in several ways; the first of each address stays, port 9100 before others of a host. */
function withoutTwins(found: readonly FoundPrinter[]): FoundPrinter[] {
  const kept = new Map<string, FoundPrinter>()
  for (const one of found) {
    const key = `${one.transport} ${one.address.toLowerCase()}`
    if (!kept.has(key)) kept.set(key, one)
  }
  return [...kept.values()]
}
