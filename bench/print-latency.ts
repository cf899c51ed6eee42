/**
 * From an order's request to the first byte of its ticket at the printer's socket, and to the news that makes a board
 * show it, with a hundred orders a minute. Real sockets, a real server in its own process, the virtual printer behind
 * a line that is watched. `node bench/print-latency.ts [--orders N]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { once } from 'node:events'
import { createClient, type Client } from '#contract/client.ts'
import { createMenuItem } from '#contract/menu-items.ts'
import { createOrderIntent, watchRestaurant } from '#contract/order-intents.ts'
import { checkPrinter, createPrinter } from '#contract/printers.ts'
import { createStation } from '#contract/stations.ts'
import { startVirtualPrinter } from '#test/support/virtual-printer.ts'
import { median, quantile, report, type Result } from './measure.ts'
import { startServer } from './start-server.ts'

const { values } = parseArgs({ options: { orders: { type: 'string', default: '60' } } })
const orders = Number(values.orders)
const everyMs = 600
/** ESC @, with which every ticket begins. */
const ticketHead = Buffer.from([0x1b, 0x40])

/** A line to the printer that tells when a ticket's first byte came past. */
async function watchLine(
  printerPort: number,
  told: () => void,
): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    const printer = connect(printerPort, '127.0.0.1')
    socket.on('data', (bytes: Buffer) => bytes.includes(ticketHead) && told())
    socket.on('error', () => printer.destroy())
    printer.on('error', () => socket.destroy())
    socket.pipe(printer).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}

/** Tells of every change of an order, as a board hears it. */
async function watchBoard(client: Client, told: () => void): Promise<void> {
  const { body } = await client.request(watchRestaurant, { headers: { Accept: 'text/event-stream' } })
  const decoder = new TextDecoder()
  for await (const bytes of body!) if (decoder.decode(bytes).includes('order_intents.changed')) told()
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-latency-'))
  const server = await startServer(dataDir)
  const client = createClient({ baseUrl: server.url, token: () => server.bearer })
  const printer = await startVirtualPrinter({ faults: { lineMs: 2 } })
  let sent = 0
  const toPaper: number[] = []
  const toBoard: number[] = []
  let waitsForBoard = false
  const line = await watchLine(printer.port, () => toPaper.push(performance.now() - sent))
  watchBoard(client, () => {
    if (waitsForBoard) toBoard.push(performance.now() - sent)
    waitsForBoard = false
  }).catch(() => {})
  const address = `127.0.0.1:${line.port}`
  const made = await client.call(createPrinter, { body: { name: 'Kitchen', transport: 'tcp', address } })
  await client.call(checkPrinter, { params: { id: made.printer.id } })
  await client.call(createStation, {
    body: { name: 'Kitchen', is_default: true, printer_ids: [made.printer.id] },
  })
  const { menu_item } = await client.call(createMenuItem, { body: { name: 'Soup', price: 500 } })
  const order = { accept: true, lines: [{ menu_item_id: menu_item.id, quantity: 2 }] }
  toPaper.length = 0
  for (let at = 0; at < orders + 5; at++) {
    const next = new Promise((resolve) => setTimeout(resolve, everyMs))
    waitsForBoard = true
    sent = performance.now()
    await client.call(createOrderIntent, { body: order })
    await next
    // The first ones read fonts and compile.
    if (at === 4) toPaper.length = toBoard.length = 0
  }
  const paper = printer.tickets().length
  await server.stop()
  line.close()
  await printer.close()
  rmSync(dataDir, { recursive: true, force: true })
  if (paper !== orders + 5) throw new Error(`${orders + 5} orders gave ${paper} tickets`)
  const bench = 'print-latency'
  const judged = (what: string, ours: number, limit: number): Result => {
    return { bench, what, ours, unit: 'ms', target: `≤ ${limit} ms`, met: ours <= limit }
  }
  report([
    { bench, what: 'request to the ticket’s first byte, median', ours: median(toPaper), unit: 'ms' },
    judged('request to the ticket’s first byte, p99', quantile(toPaper, 0.99), 50),
    judged('request to the board’s news, p99', quantile(toBoard, 0.99), 300),
  ])
  process.exit(0)
}

await main()
