import { changeBusiness, createBusiness, findBusiness, listBusinesses } from '#contract/businesses.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { businessesOf, findBusinessRow, insertBusiness, updateBusiness, type BusinessRow } from './store.ts'

type OneBusiness = Call<typeof findBusiness> | Call<typeof changeBusiness>

const find = ({ db, params, identity }: OneBusiness) => findBusinessRow(db, params.id, identity.businessId)

export function serveBusinesses(mount: Mount): void {
  mount(listBusinesses, {
    handle: async (call) => {
      const visible = businessesOf(call.db, call.identity.businessId)
      const { count } = await visible
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const businesses = await pageOf(call, Number(count), ({ limit, offset }) =>
        visible.selectAll().orderBy('businesses.id').limit(limit).offset(offset).execute(),
      )
      return { businesses }
    },
  })

  mount(createBusiness, {
    handle: async ({ db, body, context, reply, afterCommit }) => {
      const business = await insertBusiness(db, body, context.clock())
      reply.header('ETag', rowEtag(business))
      afterCommit(() => context.events.emit({ type: 'businesses.changed' }))
      return { business }
    },
  })

  mount(findBusiness, {
    find,
    etag: rowEtag,
    handle: async ({ row }) => ({ business: row }),
  })

  mount(changeBusiness, {
    find,
    etag: rowEtag,
    handle: async ({ db, row, body, context, reply, afterCommit }) => {
      const business: BusinessRow = await updateBusiness(db, row, body, context.clock())
      reply.header('ETag', rowEtag(business))
      afterCommit(() => context.events.emit({ type: 'businesses.changed' }))
      return { business }
    },
  })
}
