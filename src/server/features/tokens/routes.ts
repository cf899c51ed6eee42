import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import { createToken, listTokens, revokeToken } from '#contract/tokens.ts'
import type { Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { insertToken, presentToken, revoke, tokensOf } from './store.ts'

export function serveTokens(mount: Mount): void {
  mount(listTokens, {
    handle: async (call) => {
      const visible = tokensOf(call.db, call.identity.userId, call.identity.businessId)
      const { count } = await visible
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const tokens = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = await visible.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute()
        return rows.map(presentToken)
      })
      return { tokens }
    },
  })

  mount(createToken, {
    handle: async (call) => {
      const { db, body, identity, context } = call
      await refuseMoreThanOwn(call)
      const { row, plainText } = await insertToken(db, identity.userId, body, context.clock())
      call.afterCommit(() => context.events.emit({ type: 'tokens.changed' }))
      return { token: presentToken(row), plain_text_token: plainText }
    },
  })

  mount(revokeToken, {
    find: ({ db, identity, params }) =>
      tokensOf(db, identity.userId, identity.businessId)
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst(),
    handle: async ({ db, row, context, afterCommit }) => {
      await revoke(db, row, context.clock())
      afterCommit(() => context.events.emit({ type: 'tokens.changed' }))
      return undefined
    },
  })
}

/** A token cannot make one that may do more than itself, sees more businesses, or outlives it in scope. */
async function refuseMoreThanOwn({ db, body, identity, context }: Call<typeof createToken>): Promise<void> {
  if (body.business_id) {
    const known = await db
      .selectFrom('businesses')
      .select('id')
      .where('id', '=', body.business_id)
      .executeTakeFirst()
    if (!known) throw invalid('business_id', 'The selected business id is invalid.')
  }
  if (body.expires_at && Date.parse(body.expires_at) <= context.clock()) {
    throw invalid('expires_at', 'The expires at field must be a date after now.')
  }
  const mayAll = identity.scopes.includes('*')
  const tooMuch = body.scopes.some((scope) => !mayAll && !identity.scopes.includes(scope))
  const otherBusiness = identity.businessId !== null && body.business_id !== identity.businessId
  if (tooMuch || otherBusiness) throw new Forbidden()
}

function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}
