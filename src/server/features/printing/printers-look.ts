import type { Context } from '../../context.ts'
import { openAttemptOf } from './print-jobs-store.ts'
import { askPrinter } from './printers-check.ts'
import type { Spool } from './spool.ts'
import type { PrinterRow } from './table.ts'

export interface PrinterParts {
  context: Context
  spool: Spool
}

/** Asks a printer that is not printing just now how it is, and keeps what it says. */
export async function lookAt({ context, spool }: PrinterParts, printer: PrinterRow): Promise<void> {
  const { db } = context.database
  // A network board serves one computer at a time, and a printer that prints is seen by its worker.
  if (await openAttemptOf(db, printer.id)) return
  const { status, proof } = await askPrinter(spool.transportFor(printer), printer)
  if (proof !== printer.proof) {
    const same = db.updateTable('printers').set({ proof }).where('id', '=', printer.id)
    // It may have been changed to another one meanwhile.
    await same.where('version', '=', printer.version).execute()
  }
  await spool.sawPrinter(printer.id, status)
  if (proof !== printer.proof) context.events.emit({ type: 'printers.changed' })
}
