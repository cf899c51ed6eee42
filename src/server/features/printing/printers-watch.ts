import { livePrinters } from './print-jobs-store.ts'
import { lookAt, type PrinterParts } from './printers-look.ts'
import type { PrinterRow } from './table.ts'

const usualPause = 30_000

/**
 * Looks at printers that have nothing to do, so that an end of paper is on the screen before the next order is. Only
 * while somebody looks, or tickets wait; each look opens a line, asks and closes it.
 */
export class PrinterWatch {
  readonly #parts: PrinterParts
  readonly #pause: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(parts: PrinterParts, pause = usualPause) {
    this.#parts = parts
    this.#pause = pause
  }

  start(): void {
    if (this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.start())
    }, this.#pause)
    this.#timer.unref()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    const { context } = this.#parts
    try {
      const printers = (await livePrinters(context.database.db)).filter(isAskable)
      const due = await this.#idleOnes(printers)
      await Promise.all(due.map((printer) => lookAt(this.#parts, printer)))
    } catch (error) {
      context.log.error({ err: error }, 'looking at printers')
    }
  }

  /** What waits or prints, its worker is at. Where nobody looks, only printers matter whose tickets are held. */
  async #idleOnes(printers: readonly PrinterRow[]): Promise<PrinterRow[]> {
    const { database, events } = this.#parts.context
    const jobs = await database.db
      .selectFrom('print_jobs')
      .select(['printer_id', 'state'])
      .where('state', 'in', ['waiting', 'printing', 'held'])
      .distinct()
      .execute()
    return printers.filter(({ id }) => {
      const own = jobs.filter(({ printer_id }) => printer_id === id)
      const isBusy = own.some(({ state }) => state !== 'held')
      return !isBusy && (events.isWatched || own.length > 0)
    })
  }
}

/** One that never answers would only print our question, if it is as simple as that; the dialog is nobody to ask. */
function isAskable({ is_paused, transport, proof, state }: PrinterRow): boolean {
  const isSilent = proof === 'none' && state === 'unknown'
  return is_paused === 0 && transport !== 'system' && !isSilent
}
