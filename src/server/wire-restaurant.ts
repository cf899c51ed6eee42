import type { Context } from './context.ts'
import { shortDomainsOf } from './features/qr-links/list-routes.ts'
import { presentQrLink } from './features/qr-links/present.ts'
import { drawCode } from './code-files/draw-code.ts'
import { findQrLinkRow } from './features/qr-links/store.ts'
import type { PrintQueue, RestaurantParts } from './features/restaurant/restaurant-parts.ts'
import type { TicketPress } from './features/tickets/encode-ticket.ts'
import { makeRenderTicket } from './render-ticket.ts'

interface Given {
  guestUrl: RestaurantParts['guestUrl']
  print: PrintQueue
  press: TicketPress
}

/** What the restaurant takes from other features, which do not know it nor it them. */
export function restaurantParts(context: Context, { guestUrl, print, press }: Given): RestaurantParts {
  return {
    print,
    renderTicket: makeRenderTicket(context.database.db, press),
    guestUrl,
    async linkUrl(db, id, businessId) {
      const row = await findQrLinkRow(db, id, businessId, context.hidden)
      if (!row) return null
      return presentQrLink(row, (await shortDomainsOf(db)).get(businessId) ?? null).short_url
    },
    drawCode: (text, { format, size }) => drawCode(text, format, {}, { size }),
  }
}
