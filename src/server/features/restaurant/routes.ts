import type { Mount } from '../../http/mount.ts'
import { serveDays } from './day-routes.ts'
import { serveEvents } from './events-route.ts'
import { serveMenuItems } from './menu-items-routes.ts'
import { serveOrders } from './orders-routes.ts'
import { servePosHandoff } from './pos-handoff-routes.ts'
import type { RestaurantParts } from './restaurant-parts.ts'
import { serveServiceRequests } from './service-requests-routes.ts'
import { serveSettings } from './settings.ts'
import { serveStations } from './stations-routes.ts'
import { serveTables } from './tables-routes.ts'
import { serveTickets } from './ticket-routes.ts'

/** The staff's side of the restaurant. */
export function serveRestaurant(mount: Mount, parts: RestaurantParts): void {
  serveMenuItems(mount)
  serveTables(mount, parts)
  serveStations(mount)
  serveSettings(mount)
  serveOrders(mount, parts.print)
  serveTickets(mount, parts.renderTicket)
  serveServiceRequests(mount)
  servePosHandoff(mount)
  serveDays(mount)
  serveEvents(mount)
}
