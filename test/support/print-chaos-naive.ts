import { connect } from 'node:net'
import { timestamp } from '#server/clock.ts'
import type { Database } from '#server/db/open.ts'
import { proofTrailer } from '#server/features/printing/printer-talk.ts'
import type { PrintJobRow } from '#server/features/printing/table.ts'

/**
 * How most programs print. Without `untilProved`: write, close, call it printed. With it: the same bytes again until
 * the printer proves them. Neither marks a copy; the chaos must find both out.
 */
export async function printNaively({ db }: Database, untilProved: boolean): Promise<void> {
  const printers = await db.selectFrom('printers').selectAll().execute()
  await Promise.all(
    printers.map(async ({ id, address }) => {
      for (;;) {
        const job = await db
          .selectFrom('print_jobs')
          .selectAll()
          .where('printer_id', '=', id)
          .where('state', '=', 'waiting')
          .orderBy('id')
          .limit(1)
          .executeTakeFirst()
        const isDone = job && (await send(Number(address.split(':')[1]), job, untilProved))
        if (job && isDone) {
          await db
            .updateTable('print_jobs')
            .set({ state: 'printed', updated_at: timestamp(Date.now()) })
            .where('id', '=', job.id)
            .execute()
        } else await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }),
  )
}

function send(port: number, job: PrintJobRow, untilProved: boolean): Promise<boolean> {
  const id = job.order_number!.slice(-4)
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (isDone: boolean): void => {
      socket.destroy()
      resolve(isDone)
    }
    const late = setTimeout(() => end(false), 1500)
    socket.on('close', () => clearTimeout(late))
    socket.on('error', () => end(false))
    if (untilProved) {
      socket.on('data', (bytes: Buffer) => bytes.includes(id) && end(true))
      socket.on('connect', () => socket.write(Buffer.concat([job.bytes!, proofTrailer(id)])))
    } else socket.on('connect', () => socket.write(job.bytes!, () => end(true)))
  })
}
