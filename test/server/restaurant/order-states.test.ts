import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiError } from '#contract/errors.ts'
import type { OrderStatus } from '#contract/order-states.ts'
import { advanceOrder, undoStep } from '#server/features/restaurant/advance-order.ts'
import { eventsOf } from '#server/features/restaurant/orders-store.ts'
import type { OrderIntentRow } from '#server/features/restaurant/table.ts'
import { databases } from '#test/support/databases.ts'
import { morning, openKitchen, type Kitchen } from './kitchen.ts'

/** Written down once more, so that the code is held against something. */
const legal: Record<OrderStatus, OrderStatus[]> = {
  received: ['accepted', 'rejected', 'cancelled'],
  accepted: ['preparing', 'rejected', 'cancelled'],
  preparing: ['ready', 'rejected', 'cancelled'],
  ready: ['served', 'rejected', 'cancelled'],
  served: [],
  rejected: [],
  cancelled: [],
}
const statuses = Object.keys(legal) as OrderStatus[]

type Wish =
  | { to: OrderStatus; if_status: OrderStatus | undefined; after: number }
  | { undo: true; after: number }

const after = fc.constantFrom(0, 1000, 9_999, 10_001)
const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      to: fc.constantFrom(...statuses, 'accepted' as const, 'preparing' as const, 'ready' as const),
      if_status: fc.option(fc.constantFrom(...statuses), { nil: undefined, freq: 4 }),
      after,
    }),
  },
  { weight: 1, arbitrary: fc.record({ undo: fc.constant(true as const), after }) },
)

describe.each(databases)('an order, whatever is asked of it, on %s', (_name, open) => {
  let own: Kitchen
  beforeAll(async () => {
    own = await openKitchen(open)
  })
  afterAll(() => own.database.close())

  it('takes legal steps only, and writes down each one it took', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 12 }), async (wishes) => {
        let row = await own.place([{ menu_item_id: own.soup.id, quantity: 1 }])
        let now = morning
        let last: { from: OrderStatus; at: number } | undefined
        const taken: [OrderStatus | null, OrderStatus][] = [[null, 'received']]
        for (const one of wishes) {
          now += one.after
          const before: OrderIntentRow = row
          const expected = expectation(before.status, one, last, now)
          const work = own.db.transaction().execute((trx) => {
            const step = { ...one, by: 'Ada', now }
            return ('undo' in one ? undoStep : advanceOrder)(trx, before, step, own.print)
          })
          if (typeof expected === 'number') {
            const refusal: unknown = await work.catch((error: unknown) => error)
            expect([one, refusal]).toEqual([one, expect.any(ApiError)])
            expect((refusal as ApiError).status).toBe(expected)
            continue
          }
          row = await work
          expect(row.status).toBe(expected)
          taken.push([before.status, expected])
          last = 'undo' in one ? undefined : { from: before.status, at: now }
        }
        const history = await eventsOf(own.db, [row.id])
        expect(history.map((event) => [event.from_status, event.to_status])).toEqual(taken)
        expect(row.closed_at !== null).toBe(legal[row.status].length === 0)
        expect(row.accepted_at !== null || row.status === 'received' || row.closed_at !== null).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

/** The state that follows, or the status of the refusal. */
function expectation(
  status: OrderStatus,
  one: Wish,
  last: { from: OrderStatus; at: number } | undefined,
  now: number,
): OrderStatus | number {
  if ('undo' in one) return last && now - last.at <= 10_000 ? last.from : 422
  if (one.if_status !== undefined && one.if_status !== status) return 409
  return legal[status].includes(one.to) ? one.to : 422
}
