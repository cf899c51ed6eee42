import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/printers.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import type { DiscoverPrinters } from './discovery.ts'
import { printerById } from './print-jobs-store.ts'
import { lookAt, type PrinterParts } from './printers-look.ts'
import { insertPrinter, presentPrinters, printersOf, removePrinter, updatePrinter } from './printers-store.ts'
import type { PrinterRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'

export interface PrinterRouteParts extends PrinterParts {
  maker: Pick<TicketMaker, 'profiles'>
  discover: DiscoverPrinters
}

type OnePrinter = Pick<Call<typeof contract.findPrinter>, 'db' | 'params'>

const find = ({ db, params }: OnePrinter): Promise<PrinterRow | undefined> => printerById(db, params.id)

export function servePrinters(mount: Mount, parts: PrinterRouteParts): void {
  const { spool, maker } = parts
  mount(contract.listPrinterProfiles, { handle: async () => ({ printer_profiles: maker.profiles() }) })
  mount(contract.listPrinters, {
    handle: async (call) => {
      const { count } = await printersOf(call.db)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const printers = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const page = printersOf(call.db).selectAll().orderBy('name').orderBy('id').limit(limit).offset(offset)
        return presentPrinters(call.db, await page.execute())
      })
      return { printers }
    },
  })
  mount(contract.createPrinter, {
    handle: async (call) => {
      const row = await insertPrinter(call.db, maker, call.body, call.context.clock())
      call.afterCommit(() => begin(parts, row))
      return answerWith(call, row)
    },
  })
  mount(contract.findPrinter, { find, etag: rowEtag, handle: (call) => answerWith(call, call.row) })
  mount(contract.changePrinter, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const row = await updatePrinter(call.db, maker, call.row, call.body, call.context.clock())
      call.afterCommit(() => begin(parts, row))
      return answerWith(call, row)
    },
  })
  mount(contract.deletePrinter, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const businesses = await removePrinter(call.db, call.row, call.context.clock())
      const { events, log } = call.context
      call.afterCommit(() => {
        for (const business_id of businesses) events.emit({ type: 'stations.changed', business_id })
        // Its worker may be in the middle of a ticket, which is waited for, but not by the caller.
        spool.printerRemoved(call.row.id).catch((error: unknown) => log.error({ err: error }, 'handing on'))
      })
      return undefined
    },
  })
  serveDoings(mount, parts)
}

/** What is done with a printer that is there. */
function serveDoings(mount: Mount, parts: PrinterRouteParts): void {
  const { spool } = parts
  mount(contract.checkPrinter, {
    find,
    // The printer takes seconds to answer: no transaction waits for it.
    transaction: false,
    handle: async (call) => {
      await lookAt(parts, call.row)
      return answerWith(call, (await printerById(call.db, call.row.id)) ?? call.row)
    },
  })
  mount(contract.printTestPage, {
    find,
    handle: async (call) => {
      const print_job_id = await spool.addForPrinter(call.db, call.row, 'test', await shopName(call))
      call.afterCommit(() => spool.wake())
      return { print_job_id }
    },
  })
  mount(contract.openDrawer, {
    find,
    handle: async (call) => {
      if (call.row.has_drawer !== 1) {
        throw new ValidationFailed({
          id: ['This printer has no drawer. Say in its settings when one is connected.'],
        })
      }
      const print_job_id = await spool.addForPrinter(call.db, call.row, 'drawer', '')
      call.afterCommit(() => spool.wake())
      return { print_job_id }
    },
  })
  mount(contract.discoverPrinters, {
    transaction: false,
    handle: ({ body }) => parts.discover({ probeNetwork: body.probe_network === true }),
  })
}

/** A new or changed printer is looked at before the first ticket needs it: what it proves decides how it is sent. */
function begin(parts: PrinterParts, row: PrinterRow): void {
  const { context, spool } = parts
  const start = (): void => spool.printerChanged(row.id)
  if (row.is_paused === 1 || row.proof !== 'unknown') return start()
  lookAt(parts, row)
    .catch((error: unknown) => context.log.error({ err: error }, 'a new printer could not be looked at'))
    .finally(start)
}

async function answerWith<E extends AnyEndpoint>(
  { db, reply }: Call<E, unknown>,
  row: PrinterRow,
): Promise<{ printer: contract.Printer }> {
  reply.header('ETag', rowEtag(row))
  const [printer] = await presentPrinters(db, [row])
  return { printer: printer! }
}

async function shopName({ db, context }: Pick<Call<AnyEndpoint>, 'db' | 'context'>): Promise<string> {
  const shop = await db
    .selectFrom('businesses')
    .select('name')
    .where('id', '=', context.owner.businessId)
    .executeTakeFirst()
  return shop?.name ?? ''
}
