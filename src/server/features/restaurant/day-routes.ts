import { showDaySummary } from '#contract/order-intents.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { businessDayOf, dayAway } from './business-day.ts'
import { businessOfCall, type BusinessRow } from './caller-businesses.ts'
import { summarizeDay } from './day-summary.ts'
import { orderCsvHeader, orderCsvLines } from './order-csv.ts'
import { settingsOf } from './settings.ts'

export function serveDays(mount: Mount): void {
  mount(showDaySummary, {
    handle: async (call) => {
      const business = await businessOfCall(call, call.query.business_id)
      const { readers } = call.context.database
      const { day } = call.params
      const orders = await readers
        .selectFrom('order_intents')
        .selectAll()
        .where('business_id', '=', business.id)
        .where('business_day', '=', day)
        .orderBy('number')
        .execute()
      if (call.query.format === 'csv') {
        const body = orderCsvHeader + orders.map(orderCsvLines).join('')
        const disposition = `attachment; filename="orders-${day}.csv"`
        return new RawReply('text/csv; charset=utf-8', body, { 'Content-Disposition': disposition })
      }
      const { day_starts_at: startsAt } = await settingsOf(readers, business.id)
      const serviceRequests = await countServiceRequests(readers, business, day, startsAt)
      const { currency, timezone } = business
      return {
        day: summarizeDay({ business_day: day, currency, timezone, startsAt, orders, serviceRequests }),
      }
    },
  })
}

/** Calls for service carry no business day: those around it are looked at one by one. */
async function countServiceRequests(
  db: Db,
  { id, timezone }: BusinessRow,
  day: string,
  startsAt: number,
): Promise<number> {
  const rows = await db
    .selectFrom('service_requests')
    .select('created_at')
    .where('business_id', '=', id)
    .where('created_at', '>=', dayAway(day, -1))
    .where('created_at', '<', dayAway(day, 3))
    .execute()
  return rows.filter(({ created_at }) => businessDayOf(Date.parse(created_at), timezone, startsAt) === day)
    .length
}
