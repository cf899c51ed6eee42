import { Conflict, ValidationFailed } from '#contract/errors.ts'
import { isOpen, legalSteps, nextStatus, type OrderStatus } from '#contract/order-states.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { eventsOf, moveOrder } from './orders-store.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import type { OrderIntentRow } from './table.ts'
import { jobsOfAcceptance, jobsOfVoid, ticketSourceOf } from './ticket-jobs.ts'

/** How long a step can be taken back, milliseconds. */
const undoFor = 10_000

export interface Step {
  /** The next state in line when left out. */
  to?: OrderStatus | undefined
  if_status?: OrderStatus | undefined
  note?: string | null | undefined
  /** False where no person did it: the order still waits to be seen. */
  isSeen?: boolean
  by: string
  now: number
}

/**
 * Takes an order one step on; the state, its event and what is to be printed are written in the caller's transaction.
 * Throws 409 where the order is not in `if_status`, 422 for a step that the state machine does not have.
 */
export async function advanceOrder(
  trx: Db,
  row: OrderIntentRow,
  step: Step,
  print: PrintQueue,
): Promise<OrderIntentRow> {
  refuseOtherState(row, step.if_status)
  const to = step.to ?? nextStatus(row.status)
  if (to === undefined || !legalSteps(row.status).includes(to)) throw illegalStep(row.status, to)
  const at = timestamp(step.now)
  const isTakenBack = (to === 'rejected' || to === 'cancelled') && row.accepted_at !== null
  const next = await moveOrder(
    trx,
    row,
    {
      status: to,
      ...(to === 'accepted' && { accepted_at: at }),
      ...(to === 'ready' && { ready_at: at }),
      ...(!isOpen(to) && { closed_at: at }),
      // VOIDs come after every ticket of the order.
      ...(isTakenBack && { revision: row.revision + 1 }),
      ...(step.isSeen !== false && { acknowledged_at: row.acknowledged_at ?? at }),
    },
    { ...step, note: step.note ?? null },
  )
  if (to === 'accepted') {
    // Only a later revision can have been accepted before.
    const isFirst = row.revision === 1 || !(await wasAccepted(trx, row.id))
    await printAcceptance(trx, next, { print, isFirst, now: step.now })
  }
  if (isTakenBack) await printVoid(trx, next, print, step.now)
  return next
}

/**
 * Takes the last step back, within ten seconds of it. What an acceptance printed is voided, and what a cancellation
 * voided is printed again, both as a later revision.
 */
export async function undoStep(
  trx: Db,
  row: OrderIntentRow,
  { if_status, note, by, now }: Omit<Step, 'to'>,
  print: PrintQueue,
): Promise<OrderIntentRow> {
  refuseOtherState(row, if_status)
  const last = (await eventsOf(trx, [row.id])).at(-1)
  const to = last?.from_status
  if (!last || !to || !legalSteps(to).includes(last.to_status)) {
    throw new ValidationFailed({ undo: ['There is no step of this order to take back.'] })
  }
  if (now - Date.parse(last.at) > undoFor) {
    throw new ValidationFailed({
      undo: ['A step can be taken back within ten seconds. Correct the order by another step instead.'],
    })
  }
  const unaccepts = last.to_status === 'accepted'
  const reprints = !isOpen(row.status) && row.status !== 'served' && row.accepted_at !== null
  const next = await moveOrder(
    trx,
    row,
    {
      status: to,
      closed_at: null,
      ...(unaccepts && { accepted_at: null }),
      ...(last.to_status === 'ready' && { ready_at: null }),
      ...((unaccepts || reprints) && { revision: row.revision + 1 }),
    },
    { note: note ?? null, by, now },
  )
  // The VOID names the time of the acceptance that it takes back.
  if (unaccepts) await printVoid(trx, { ...next, accepted_at: row.accepted_at }, print, now)
  if (reprints) await printAcceptance(trx, next, { print, isFirst: false, now })
  return next
}

async function printAcceptance(
  trx: Db,
  row: OrderIntentRow,
  { print, isFirst, now }: { print: PrintQueue; isFirst: boolean; now: number },
): Promise<void> {
  const source = await ticketSourceOf(trx, row.business_id)
  await print.enqueue(trx, jobsOfAcceptance(source, row, isFirst), now)
}

/** Whether an order was accepted before, and that was taken back. */
async function wasAccepted(trx: Db, id: string): Promise<boolean> {
  const events = await eventsOf(trx, [id])
  return events.filter(({ to_status }) => to_status === 'accepted').length > 1
}

async function printVoid(trx: Db, row: OrderIntentRow, print: PrintQueue, now: number): Promise<void> {
  await print.enqueue(trx, jobsOfVoid(await ticketSourceOf(trx, row.business_id), row), now)
}

function refuseOtherState(row: OrderIntentRow, wanted: OrderStatus | undefined): void {
  if (wanted === undefined || wanted === row.status) return
  throw new Conflict(`Somebody was faster: order ${row.number} is ${row.status} now, not ${wanted}.`)
}

function illegalStep(from: OrderStatus, to: OrderStatus | undefined): ValidationFailed {
  const steps = legalSteps(from)
  if (steps.length === 0) {
    return new ValidationFailed({
      to: [`The order is ${from}, which is the end of its way: no step follows.`],
    })
  }
  const legal = `${steps.slice(0, -1).join(', ')} or ${steps.at(-1)}`
  return new ValidationFailed({
    to: [`An order that is ${from} cannot become ${to}. It can become ${legal}.`],
  })
}
