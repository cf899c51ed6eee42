import { Readable } from 'node:stream'
import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/pos-handoff.ts'
import type { PosHandoff, PosProfile } from '#contract/pos-handoff.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { businessesOfCall } from './caller-businesses.ts'
import { orderCsvHeader, orderCsvLines } from './order-csv.ts'
import { findOrder } from './orders-routes.ts'
import {
  acknowledgeOrder,
  handoffsOf,
  presentHandoffs,
  readCursor,
  type HandoffFilter,
} from './pos-handoff-store.ts'
import { tills } from './pos-profiles/tills.ts'

/** Orders read at once for a CSV file. */
const batch = 500

export function servePosHandoff(mount: Mount): void {
  mount(contract.listPosHandoff, {
    handle: async (call) => {
      const { business_id, since, status, pending = false, profile = 'neutral', format } = call.query
      const businesses = await businessesOfCall(call, business_id)
      const filter: HandoffFilter = {
        businessIds: businesses.map(({ id }) => id),
        after: since ? placeOf(since) : undefined,
        status: status ?? undefined,
        profile,
        pending,
      }
      const { readers } = call.context.database
      if (format === 'csv') return csvFile(readers, filter)
      const { count } = await handoffsOf(readers, filter)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const pos_handoff = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = handoffsOf(readers, filter).selectAll().orderBy('change_seq')
        const page = await rows.limit(limit).offset(offset).execute()
        return requireIds(await presentHandoffs(readers, page, profile), profile)
      })
      return { pos_handoff }
    },
  })
  mount(contract.acknowledgePosHandoff, {
    find: findOrder,
    handle: async ({ db, row, body, context }) => {
      const { profile = 'neutral', revision = row.revision, external_ref: externalRef } = body
      if (revision > row.revision) {
        const sentence = `This order is in revision ${row.revision}; there is no revision ${revision} of it yet.`
        throw new ValidationFailed({ revision: [sentence] })
      }
      await acknowledgeOrder(db, { id: row.id, revision }, { profile, externalRef, now: context.clock() })
      const [pos_handoff] = await presentHandoffs(db, [row], profile)
      return { pos_handoff: pos_handoff! }
    },
  })
}

function placeOf(since: string): number {
  const place = readCursor(since)
  if (place !== undefined) return place
  throw new ValidationFailed({
    since: ['This is no cursor of ours. Leave it out to start from the beginning.'],
  })
}

/** A till that takes no item without its own id gets none at all, and whoever runs it learns which lack one. */
function requireIds(orders: PosHandoff[], profile: PosProfile): PosHandoff[] {
  if (profile === 'neutral' || !tills[profile].demandsIds) return orders
  const missing = [...new Set(orders.flatMap(({ mapping }) => mapping.missing))]
  if (missing.length === 0) return orders
  const names =
    missing.slice(0, 20).join(', ') + (missing.length > 20 ? ` and ${missing.length - 20} more` : '')
  const sentence = `The till ${profile} needs an id of its own for: ${names}. Enter it with the item in the menu.`
  throw new ValidationFailed({ profile: [sentence] })
}

/** All orders of the filter, read and sent piece by piece. */
function csvFile(db: Db, filter: HandoffFilter): RawReply {
  async function* lines(): AsyncGenerator<string> {
    yield orderCsvHeader
    for (let after = filter.after ?? 0; ;) {
      const rows = await handoffsOf(db, { ...filter, after })
        .selectAll()
        .orderBy('change_seq')
        .limit(batch)
        .execute()
      yield rows.map(orderCsvLines).join('')
      const last = rows.at(-1)
      if (!last || rows.length < batch) return
      after = last.change_seq
    }
  }
  return new RawReply('text/csv; charset=utf-8', Readable.from(lines(), { objectMode: false }), {
    'Content-Disposition': 'attachment; filename="orders.csv"',
  })
}
