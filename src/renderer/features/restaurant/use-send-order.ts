import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf } from '#contract/endpoint.ts'
import { ApiError } from '#contract/errors.ts'
import {
  changeOrderIntent,
  createOrderIntent,
  findOrderIntent,
  type OrderIntent,
} from '#contract/order-intents.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { bodyLinesOf, fieldsOf, newOrderOf, type OrderDraft } from './order-draft.ts'

/**
 * Sends a draft, as a new order or as the change of one. The same draft sent again after a lost answer carries the
 * same key, so that it never becomes two orders.
 */
export function useSendOrder(order: OrderIntent | undefined) {
  const api = useApi()
  const { current } = useBusiness()
  const sent = useRef({ text: '', key: '' })
  return useMutation({
    mutationFn: async ({ draft, accept }: { draft: OrderDraft; accept: boolean }) => {
      if (order) {
        const lines = bodyLinesOf(draft.lines)
        const isSame = JSON.stringify(lines) === JSON.stringify(bodyOfOrder(order, draft))
        return changeOrder(api, order, isSame ? fieldsOf(draft) : { ...fieldsOf(draft), lines })
      }
      const body = newOrderOf(draft, current.id, accept)
      const text = JSON.stringify(body)
      if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() }
      const headers = { 'Idempotency-Key': sent.current.key }
      return (await api.call(createOrderIntent, { body, headers })).order_intent
    },
  })
}

type OrderChange = BodyOf<typeof changeOrderIntent>

/**
 * Changes an order that is still as it was when the change began. A step taken on the board meanwhile is no
 * hindrance, other lines are: 412.
 */
async function changeOrder(api: Api, { id, revision }: OrderIntent, body: OrderChange): Promise<OrderIntent> {
  for (let attempt = 0; ; attempt += 1) {
    const { data, headers } = await api.callWithHeaders(findOrderIntent, { params: { id } })
    if (data.order_intent.revision !== revision) throw new ApiError(412, '')
    const etag = headers.get('etag')
    const match: Record<string, string> = etag === null ? {} : { 'If-Match': etag }
    try {
      return (await api.call(changeOrderIntent, { params: { id }, body, headers: match })).order_intent
    } catch (error) {
      if (attempt === 2 || !(error instanceof ApiError) || error.status !== 412) throw error
    }
  }
}

/** The lines of the order as a draft would send them: where nothing changed, nothing has to print again. */
function bodyOfOrder(order: OrderIntent, draft: OrderDraft) {
  const items = new Map(draft.lines.map(({ item }) => [item.id, item]))
  return order.lines.map((line) => ({
    menu_item_id: line.menu_item_id,
    quantity: line.quantity,
    unit_price: items.get(line.menu_item_id ?? '')?.price,
    modifiers: line.modifiers.map(({ group_id, option_id, quantity }) => ({ group_id, option_id, quantity })),
    note: line.note,
  }))
}
