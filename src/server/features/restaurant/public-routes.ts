import type { BodyOf } from '#contract/endpoint.ts'
import { ApiError, Forbidden, NotFound, ValidationFailed } from '#contract/errors.ts'
import {
  showPublicMenu,
  showPublicOrder,
  submitOrderIntent,
  submitServiceRequest,
} from '#contract/public-restaurant.ts'
import type { RcaptchaForm } from '#contract/rcaptcha.ts'
import type { RestaurantSettings } from '#contract/restaurant-settings.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import type { Db } from '../../db/schema.ts'
import { findGuestPlace, readPublicMenu, type GuestPlace } from './public-menu.ts'
import { findReceipt, newReceipt } from './public-receipts.ts'
import { findSameCall } from './public-calls.ts'
import type { OrderIntentRow, ServiceRequestRow } from './table.ts'

type OrderBody = BodyOf<typeof submitOrderIntent>
type ServiceBody = BodyOf<typeof submitServiceRequest>

/** What the guests' side needs of the staff's. Both run in the call's transaction and tell open windows after it. */
export interface GuestDesk {
  settings: (db: Db, businessId: string) => Promise<RestaurantSettings>
  /** Checks the lines against the menu (422), stores the order, and accepts it where the settings say so. */
  placeOrder: (
    call: Pick<Call<AnyEndpoint>, 'db' | 'context' | 'afterCommit'>,
    order: Omit<OrderBody, 'rcaptcha_token' | 'table_code'> & {
      business_id: string
      table_id: string | null
      accept: boolean
      receipt_hash: string
    },
  ) => Promise<OrderIntentRow>
  placeServiceRequest: (
    call: Pick<Call<AnyEndpoint>, 'db' | 'context' | 'afterCommit'>,
    request: Pick<ServiceBody, 'kind' | 'note'> & {
      business_id: string
      table_id: string | null
      receipt_hash: string
    },
  ) => Promise<ServiceRequestRow>
  /** Throws 422 under `rcaptcha_token` unless the token is good for that form; it is spent with the transaction. */
  spendToken: (trx: Db, token: string, form: RcaptchaForm, now: number) => Promise<void>
}

/** What guests may do with no account: read the menu, order, call for service, ask how their order stands. */
export function servePublicRestaurant(mount: Mount, desk: GuestDesk): void {
  mount(showPublicMenu, {
    handle: async ({ db, query, context }) => {
      const place = await findGuestPlace(db, query.table_code, context.owner.businessId)
      if (!place) {
        throw new ApiError(404, 'This table’s code is not in use. Please ask the staff for the right one.')
      }
      return { menu: await readPublicMenu(db, place, await desk.settings(db, place.businessId)) }
    },
  })
  mountOrders(mount, desk)
  mountCalls(mount, desk)

  mount(showPublicOrder, {
    find: ({ db, params }) => findReceipt(db, params.token),
    handle: async ({ row }) => {
      if (!row) throw new NotFound()
      return { order_intent: row }
    },
  })
}

function mountOrders(mount: Mount, desk: GuestDesk): void {
  mount(submitOrderIntent, {
    handle: async (call) => {
      const { db, body, context } = call
      const { rcaptcha_token, table_code, ...order } = body
      await desk.spendToken(db, rcaptcha_token, 'order_intent', context.clock())
      const { businessId, table } = await requirePlace(call, table_code)
      const settings = await desk.settings(db, businessId)
      if (!settings.guests_may_order) {
        throw new Forbidden('Orders are taken by the staff here. Please call for service.')
      }
      const receipt = newReceipt()
      const row = await desk.placeOrder(call, {
        ...order,
        business_id: businessId,
        table_id: table?.id ?? null,
        accept: settings.auto_accept,
        receipt_hash: receipt.hash,
      })
      const { id, number, status, total, currency, placed_at } = row
      return {
        order_intent: { id, number, status, total, currency, receipt_token: receipt.token, placed_at },
      }
    },
  })
}

function mountCalls(mount: Mount, desk: GuestDesk): void {
  mount(submitServiceRequest, {
    handle: async (call) => {
      const { db, body, context } = call
      const now = context.clock()
      await desk.spendToken(db, body.rcaptcha_token, 'service_request', now)
      const { businessId, table } = await requirePlace(call, body.table_code)
      const receipt = newReceipt()
      const request = { kind: body.kind, note: body.note ?? null }
      const row =
        (await findSameCall(
          db,
          { ...request, table_id: table?.id ?? null, receipt_hash: receipt.hash },
          now,
        )) ??
        (await desk.placeServiceRequest(call, {
          ...request,
          business_id: businessId,
          table_id: table?.id ?? null,
          receipt_hash: receipt.hash,
        }))
      return {
        service_request: {
          id: row.id,
          number: null,
          status: row.status,
          total: null,
          currency: null,
          receipt_token: receipt.token,
          placed_at: row.created_at,
        },
      }
    },
  })
}

async function requirePlace(
  { db, context }: Pick<Call<AnyEndpoint>, 'db' | 'context'>,
  code: string | null | undefined,
): Promise<GuestPlace> {
  const place = await findGuestPlace(db, code, context.owner.businessId)
  if (!place) throw new ValidationFailed({ table_code: ['The selected table code is invalid.'] })
  return place
}
