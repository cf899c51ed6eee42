import { ApiError, Forbidden, NotFound, ValidationFailed } from '#contract/errors.ts'
import {
  showPublicMenu,
  showPublicOrder,
  submitOrderIntent,
  submitServiceRequest,
} from '#contract/public-restaurant.ts'
import type { RcaptchaForm } from '#contract/rcaptcha.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import type { Db } from '../../db/schema.ts'
import { announceOrder, announceServiceRequest } from './announce.ts'
import { placeOrder } from './place-order.ts'
import { findSameCall } from './public-calls.ts'
import { findGuestPlace, readPublicMenu, type GuestPlace } from './public-menu.ts'
import { findReceipt, newReceipt } from './public-receipts.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import { placeServiceRequest, type ServiceRequestToPlace } from './service-requests-store.ts'
import { settingsOf } from './settings.ts'
import type { ServiceRequestRow } from './table.ts'

/** What the guests' side is handed by app.ts, as features do not know each other. */
export interface PublicParts {
  print: PrintQueue
  /** Throws 422 under `rcaptcha_token` unless the token is good for that form; it is spent with the transaction. */
  spendToken: (trx: Db, token: string, form: RcaptchaForm, now: number) => Promise<void>
}

/** What guests may do with no account: read the menu, order, call for service, ask how their order stands. */
export function servePublicRestaurant(mount: Mount, parts: PublicParts): void {
  mount(showPublicMenu, {
    handle: async ({ db, query, context }) => {
      const place = await findGuestPlace(db, query.table_code, context.owner.businessId)
      if (!place) {
        throw new ApiError(404, 'This table’s code is not in use. Please ask the staff for the right one.')
      }
      return { menu: await readPublicMenu(db, place, await settingsOf(db, place.businessId)) }
    },
  })
  mountOrders(mount, parts)
  mountCalls(mount, parts)

  mount(showPublicOrder, {
    find: ({ db, params }) => findReceipt(db, params.token),
    handle: async ({ row }) => {
      if (!row) throw new NotFound()
      return { order_intent: row }
    },
  })
}

function mountOrders(mount: Mount, parts: PublicParts): void {
  mount(submitOrderIntent, {
    handle: async (call) => {
      const { db, body, context } = call
      const { rcaptcha_token, table_code, ...order } = body
      await parts.spendToken(db, rcaptcha_token, 'order_intent', context.clock())
      const { businessId, table } = await requirePlace(call, table_code)
      const settings = await settingsOf(db, businessId)
      if (!settings.guests_may_order) {
        throw new Forbidden('Orders are taken by the staff here. Please call for service.')
      }
      const receipt = newReceipt()
      const row = await placeOrder(
        db,
        {
          businessId,
          table,
          order,
          accept: settings.auto_accept,
          receiptHash: receipt.hash,
          print: parts.print,
          now: context.clock(),
        },
        'guest',
        'guest',
      )
      announceOrder(call, row, parts.print)
      const { id, number, status, total, currency, placed_at } = row
      return {
        order_intent: { id, number, status, total, currency, receipt_token: receipt.token, placed_at },
      }
    },
  })
}

function mountCalls(mount: Mount, parts: PublicParts): void {
  mount(submitServiceRequest, {
    handle: async (call) => {
      const { db, body, context } = call
      const now = context.clock()
      await parts.spendToken(db, body.rcaptcha_token, 'service_request', now)
      const { businessId, table } = await requirePlace(call, body.table_code)
      const receipt = newReceipt()
      const place = { businessId, table, kind: body.kind, note: body.note ?? null }
      const row = await callOnce(call, { ...place, receiptHash: receipt.hash, now })
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

/** A call that is open already is answered with itself; a new one is told to open windows. */
async function callOnce(
  call: Call<typeof submitServiceRequest>,
  request: ServiceRequestToPlace & { receiptHash: string },
): Promise<ServiceRequestRow> {
  const first = await findSameCall(call.db, request)
  if (first) return first
  const row = await placeServiceRequest(call.db, request)
  announceServiceRequest(call, row)
  return row
}

async function requirePlace(
  { db, context }: Pick<Call<AnyEndpoint>, 'db' | 'context'>,
  code: string | null | undefined,
): Promise<GuestPlace> {
  const place = await findGuestPlace(db, code, context.owner.businessId)
  if (!place) throw new ValidationFailed({ table_code: ['The selected table code is invalid.'] })
  return place
}
