import type { AnyEndpoint, Call } from '../../http/call.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import type { OrderIntentRow, ServiceRequestRow } from './table.ts'

type AfterCommit = Pick<Call<AnyEndpoint>, 'afterCommit' | 'context'>

/** Once the order is durable: open windows hear of it, and the printing looks whether there is work. */
export function announceOrder(
  { afterCommit, context }: AfterCommit,
  { business_id, id, status }: OrderIntentRow,
  print: Pick<PrintQueue, 'wake'>,
): void {
  afterCommit(() => {
    print.wake()
    context.events.emit({ type: 'order_intents.changed', business_id, id, status })
  })
}

export function announceServiceRequest(
  { afterCommit, context }: AfterCommit,
  { business_id, id }: ServiceRequestRow,
): void {
  afterCommit(() => context.events.emit({ type: 'service_requests.changed', business_id, id }))
}
