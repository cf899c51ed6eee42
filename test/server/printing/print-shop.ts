import { createMenuItem } from '#contract/menu-items.ts'
import { createOrderIntent } from '#contract/order-intents.ts'
import { listPrintJobs, type PrintJob } from '#contract/print-jobs.ts'
import { createStation, type Station } from '#contract/stations.ts'
import type { Client } from '#contract/client.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { timestamp } from '#server/clock.ts'
import { newId } from '#server/db/id.ts'
import type { Db } from '#server/db/schema.ts'
import type { PrinterRow } from '#server/features/printing/table.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import type { VirtualPrinter } from '#test/support/virtual-printer.ts'

/** A restaurant with a kitchen and a bar, and printers that are ours. */
export interface PrintShop extends AsyncDisposable {
  server: TestServer
  client: Client
  db: Db
  kitchen: Station
  /** Adds a printer at a virtual one. */
  addPrinter(printer: VirtualPrinter, name: string, change?: Partial<PrinterRow>): Promise<string>
  station(body: BodyOf<typeof createStation>): Promise<Station>
  /** Takes an order that prints at once; its number. */
  order(quantity?: number, note?: string): Promise<{ id: string; number: number }>
  jobs(): Promise<PrintJob[]>
}

export async function openPrintShop(
  printer: VirtualPrinter,
  change?: Partial<PrinterRow>,
): Promise<PrintShop> {
  const server = await startTestServer()
  const { db } = server.server.context.database
  const client = server.window
  const addPrinter: PrintShop['addPrinter'] = async ({ port }, name, more) => {
    const row = printerRow(port, name, more)
    await db.insertInto('printers').values(row).execute()
    return row.id
  }
  const id = await addPrinter(printer, 'Kitchen printer', change)
  const station: PrintShop['station'] = async (body) => (await client.call(createStation, { body })).station
  const kitchen = await station({ name: 'Kitchen', prefix: 'K', is_default: true, printer_ids: [id] })
  const { menu_item } = await client.call(createMenuItem, { body: { name: 'Soup', price: 500 } })
  return {
    server,
    client,
    db,
    kitchen,
    addPrinter,
    station,
    async order(quantity = 1, note) {
      const { order_intent } = await client.call(createOrderIntent, {
        body: {
          accept: true,
          lines: [{ menu_item_id: menu_item.id, quantity, ...(note !== undefined && { note }) }],
        },
      })
      return order_intent
    },
    async jobs() {
      const { print_jobs } = await client.call(listPrintJobs, { query: { per_page: 100 } })
      return print_jobs.data.toReversed()
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
    },
  }
}

function printerRow(port: number, name: string, change: Partial<PrinterRow> = {}): PrinterRow {
  const now = Date.now()
  return {
    id: newId(now),
    name,
    transport: 'tcp',
    address: `127.0.0.1:${port}`,
    profile: 'generic-80',
    width: '80',
    is_exclusive: 1,
    has_drawer: 1,
    is_paused: 0,
    proof: 'process_id',
    counts_cuts: null,
    state: 'unknown',
    state_reason: null,
    state_at: null,
    version: 1,
    created_at: timestamp(now),
    updated_at: timestamp(now),
    deleted_at: null,
    ...change,
  }
}
