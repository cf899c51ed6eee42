import * as contract from '#contract/stations.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { businessesOfCall, businessOfCall, isWithin } from './caller-businesses.ts'
import { insertStation, presentStation, removeStation, stationsOf, updateStation } from './stations-store.ts'
import type { StationRow } from './table.ts'

type OneStation = Pick<Call<typeof contract.findStation>, 'db' | 'params' | 'identity'>

async function find({ db, params, identity }: OneStation): Promise<StationRow | undefined> {
  const row = await db.selectFrom('stations').selectAll().where('id', '=', params.id).executeTakeFirst()
  return row && isWithin(identity, row) ? row : undefined
}

export function serveStations(mount: Mount): void {
  mount(contract.listStations, {
    handle: async (call) => {
      const businesses = await businessesOfCall(call, call.query.business_id)
      const ids = businesses.map(({ id }) => id)
      const { count } = await stationsOf(call.db, ids)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const stations = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = await stationsOf(call.db, ids)
          .selectAll()
          .orderBy('sort')
          .orderBy('id')
          .limit(limit)
          .offset(offset)
          .execute()
        return rows.map(presentStation)
      })
      return { stations }
    },
  })
  mount(contract.createStation, {
    handle: async (call) => {
      const { business_id, ...input } = call.body
      const business = await businessOfCall(call, business_id)
      return answerWith(call, await insertStation(call.db, business.id, input, call.context.clock()))
    },
  })
  mount(contract.findStation, {
    find,
    etag: rowEtag,
    handle: async (call) => answerWith(call, call.row, false),
  })
  mount(contract.changeStation, {
    find,
    etag: rowEtag,
    handle: async (call) =>
      answerWith(call, await updateStation(call.db, call.row, call.body, call.context.clock())),
  })
  mount(contract.deleteStation, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removeStation(call.db, call.row, call.context.clock())
      const { business_id } = call.row
      announce(call, business_id)
      // Its items go elsewhere.
      call.afterCommit(() => call.context.events.emit({ type: 'menu.changed', business_id }))
      return undefined
    },
  })
}

function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: StationRow,
  changed = true,
): { station: contract.Station } {
  call.reply.header('ETag', rowEtag(row))
  if (changed) announce(call, row.business_id)
  return { station: presentStation(row) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'stations.changed', business_id }))
}
