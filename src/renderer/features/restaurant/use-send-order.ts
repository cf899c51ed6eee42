import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { changeOrderIntent, createOrderIntent, type OrderIntent } from '#contract/order-intents.ts'
import { useApi } from '../../lib/api.tsx'
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
        const body = isSame ? fieldsOf(draft) : { ...fieldsOf(draft), lines }
        return (await api.call(changeOrderIntent, { params: { id: order.id }, body })).order_intent
      }
      const body = newOrderOf(draft, current.id, accept)
      const text = JSON.stringify(body)
      if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() }
      const headers = { 'Idempotency-Key': sent.current.key }
      return (await api.call(createOrderIntent, { body, headers })).order_intent
    },
  })
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
