/**
 * The process that is killed: the real spool over a real data folder, taking `--jobs` tickets in turn for the printers
 * at `--ports`. `--policy naive-close` and `naive-retry` print as most programs do, over the same tables. Prints
 * `ready`, and `done` once every ticket has ended.
 */
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { timestamp } from '#server/clock.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/db/id.ts'
import { openDatabase, type Database } from '#server/db/open.ts'
import { makeConfig } from '#server/entry-config.ts'
import type { NewPrintJob } from '#server/features/printing/new-print-job.ts'
import { Spool } from '#server/features/printing/spool.ts'
import { tcpTransport } from '#server/features/printing/transports/tcp.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { EventHub } from '#server/http/event-hub.ts'
import { makeTicketMaker } from '#server/wire-printing.ts'
import { printNaively } from './print-chaos-naive.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    ports: { type: 'string' },
    jobs: { type: 'string' },
    policy: { type: 'string', default: 'spool' },
    counts: { type: 'string', default: 'yes' },
    person: { type: 'string', default: 'no' },
  },
})
const jobs = Number(values.jobs)
const ports = (values.ports ?? '').split(',').map(Number)

const config = makeConfig({ dataDir: values.data! })
const database = await openDatabase({ dataDir: values.data!, readWorker: config.workers.read })
const printers = await setUp(database)
const maker = makeTicketMaker(createTicketPress(config.fontDir))
const context = { database, clock: Date.now, log: pino({ level: 'silent' }), events: new EventHub() }
const spool = new Spool(context as unknown as Context, maker, (printer) => tcpTransport(printer.address))
process.stdout.write('ready\n')
if (values.policy === 'spool') await spool.start()
else void printNaively(database, values.policy === 'naive-retry')
await takeOrders()
await allEnded()
process.stdout.write('done\n')

async function setUp({ db }: Database): Promise<string[]> {
  const known = await db.selectFrom('printers').select('id').orderBy('id').execute()
  if (known.length > 0) return known.map(({ id }) => id)
  const rows = ports.map((port, at) => ({
    id: newId(Date.now()),
    name: `Printer ${at}`,
    transport: 'tcp' as const,
    address: `127.0.0.1:${port}`,
    profile: 'generic-80',
    width: '80' as const,
    is_exclusive: 1,
    has_drawer: 0,
    is_paused: 0,
    proof: 'process_id' as const,
    // Known beforehand: a first question that nobody answers would outlast this process's short life.
    counts_cuts: values.counts === 'no' ? 0 : null,
    state: 'unknown' as const,
    state_reason: null,
    state_at: null,
    version: 1,
    created_at: timestamp(Date.now()),
    updated_at: timestamp(Date.now()),
    deleted_at: null,
  }))
  await db.insertInto('printers').values(rows).execute()
  return rows.map(({ id }) => id)
}

/** An order every few milliseconds, from the first that was not taken before the last kill. */
async function takeOrders(): Promise<void> {
  const { db } = database
  const { taken } = await db
    .selectFrom('print_jobs')
    .select((e) => e.fn.countAll<number>().as('taken'))
    .executeTakeFirstOrThrow()
  for (let at = Number(taken); at < jobs; at++) {
    await db.transaction().execute((trx) => spool.enqueue(trx, [jobAt(at)], Date.now()))
    if (values.policy === 'spool') spool.wake()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function jobAt(at: number): NewPrintJob {
  const printer = at % printers.length
  const number = `J${String(at).padStart(5, '0')}`
  return {
    dedupeKey: `chaos:${at}`,
    kind: 'kitchen',
    businessId: 'b',
    orderIntentId: `o${at}`,
    orderNumber: number,
    revision: 1,
    copy: 1,
    businessDay: '2026-11-23',
    station: {
      id: `s${printer}`,
      name: `Station ${printer}`,
      prefix: 'K',
      printerIds: [printers[printer]!],
      afterDoubt: 'reprint',
      holdAfterMinutes: 60,
    },
    ticket: {
      kind: 'kitchen',
      order_intent_id: `o${at}`,
      revision: 1,
      shop: { name: 'Chaos', lines: [], logo: null },
      order_number: number,
      station_number: null,
      station: `Station ${printer}`,
      service_type: 'dine_in',
      table: '4',
      guest_count: null,
      customer: null,
      lines: Array.from({ length: 4 }, (_, line) => ({
        quantity: 1,
        name: `Dish number ${line}`,
        modifiers: [],
        allergens: [],
        note: 'as it comes',
        total: 100,
      })),
      notes: null,
      placed_at: '2026-11-23T12:00:00.000000Z',
      accepted_at: null,
      timezone: 'UTC',
      locale: 'en-GB',
      currency: 'EUR',
      total: null,
      qr: null,
      footer: null,
    },
  }
}

async function allEnded(): Promise<void> {
  for (;;) {
    const { open } = await database.db
      .selectFrom('print_jobs')
      .select((e) => e.fn.countAll<number>().as('open'))
      .where('state', 'in', ['waiting', 'printing'])
      .executeTakeFirstOrThrow()
    if (Number(open) === 0 && !(await answerHeld())) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Once the kills are over somebody stands at the printer and has printed again what is held. Whether anything was. */
async function answerHeld(): Promise<boolean> {
  if (values.person !== 'yes') return false
  const { numUpdatedRows } = await database.db
    .updateTable('print_jobs')
    .set({ state: 'waiting', reason: null })
    .where('state', '=', 'held')
    .executeTakeFirst()
  spool.wake()
  return numUpdatedRows > 0n
}
