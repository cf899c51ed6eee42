import * as contract from '#contract/service-requests.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf, windowOf } from '../../http/page.ts'
import { announceServiceRequest } from './announce.ts'
import { businessesOfCall, isWithin } from './caller-businesses.ts'
import {
  listServiceRequestRows,
  presentServiceRequest,
  resolveServiceRequestRow,
} from './service-requests-store.ts'
import { nameOfCaller } from './who.ts'

export function serveServiceRequests(mount: Mount): void {
  mount(contract.listServiceRequests, {
    handle: async (call) => {
      const { business_id, status } = call.query
      const ids = (await businessesOfCall(call, business_id)).map(({ id }) => id)
      const { readers } = call.context.database
      const window = windowOf(call.query)
      const { total, rows } = await listServiceRequestRows(readers, ids, status ?? undefined, window)
      return { service_requests: await pageOf(call, total, async () => rows.map(presentServiceRequest)) }
    },
  })
  mount(contract.resolveServiceRequest, {
    find: async ({ db, params, identity }) => {
      const found = db.selectFrom('service_requests').selectAll().where('id', '=', params.id)
      const row = await found.executeTakeFirst()
      return row && isWithin(identity, row) ? row : undefined
    },
    handle: async (call) => {
      const by = await nameOfCaller(call.db, call.identity)
      const answer = { ...call.body, by, now: call.context.clock() }
      const row = await resolveServiceRequestRow(call.db, call.row, answer)
      announceServiceRequest(call, row)
      return { service_request: presentServiceRequest(row) }
    },
  })
}
