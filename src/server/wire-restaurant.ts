import { ValidationFailed } from '#contract/errors.ts'
import type { Context } from './context.ts'
import { shortDomainsOf } from './features/qr-links/list-routes.ts'
import { presentQrLink } from './features/qr-links/present.ts'
import { drawPng, drawSvg, plainQrCode } from './features/qr-links/qr-code.ts'
import { findQrLinkRow } from './features/qr-links/store.ts'
import type { RestaurantParts } from './features/restaurant/restaurant-parts.ts'

/** What the restaurant takes from other features, which do not know it nor it them. */
export function restaurantParts(context: Context, guestUrl: RestaurantParts['guestUrl']): RestaurantParts {
  return {
    print: { enqueue: async () => {}, wake: () => {} },
    renderTicket: async () => {
      throw new ValidationFailed({ format: ['This form of a ticket is not there yet.'] })
    },
    guestUrl,
    async linkUrl(db, id, businessId) {
      const row = await findQrLinkRow(db, id, businessId, context.hidden)
      if (!row) return null
      return presentQrLink(row, (await shortDomainsOf(db)).get(businessId) ?? null).short_url
    },
    drawCode(text, { format, size = plainQrCode.size }) {
      return format === 'png'
        ? { type: 'image/png', body: drawPng(text, { ...plainQrCode, size }) }
        : { type: 'image/svg+xml', body: drawSvg(text, { ...plainQrCode, size }) }
    },
  }
}
