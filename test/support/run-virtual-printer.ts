import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { LineFaults, PrinterFaults } from './printer-faults.ts'
import { startVirtualPrinter, type VirtualPrinter } from './virtual-printer.ts'

/** A line on standard input; each is answered by one line: `{"done": true, counter, tickets, bytes}`. */
interface Order {
  set?: Partial<PrinterFaults & LineFaults>
  reset?: true
  /** Milliseconds without power. */
  powerCycle?: number
}

/**
 * A virtual printer as a process of its own, for tests that kill the other side:
 * `node test/support/run-virtual-printer.ts --port 0 --tape FILE`. Its first line is `{"port": …}`; it ends with
 * its standard input.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      tape: { type: 'string' },
      buffer: { type: 'string', default: '4096' },
    },
  })
  const printer = await startVirtualPrinter({
    port: Number(values.port),
    bufferBytes: Number(values.buffer),
    ...(values.tape === undefined ? {} : { tapeFile: values.tape }),
  })
  say({ port: printer.port })
  for await (const line of createInterface({ input: process.stdin })) {
    await obey(printer, JSON.parse(line) as Order)
    say({ done: true, counter: printer.counter, tickets: printer.tickets().length, bytes: printer.bytes })
  }
  await printer.close()
}

async function obey(printer: VirtualPrinter, { set, reset, powerCycle }: Order): Promise<void> {
  if (set !== undefined) await printer.set(set)
  if (reset) printer.reset()
  if (powerCycle !== undefined) await printer.powerCycle(powerCycle)
}

function say(words: object): void {
  process.stdout.write(`${JSON.stringify(words)}\n`)
}

await main()
