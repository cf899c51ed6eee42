import { ApiError } from '#contract/errors.ts'
import { createLaunchLink, logout, openSession, showMe } from '#contract/session.ts'
import { timestamp } from '../../clock.ts'
import type { Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'

export function serveSession(mount: Mount): void {
  mount(showMe, { handle: describeCaller })

  mount(openSession, {
    transaction: false,
    handle: async ({ context, body }) => {
      const token = context.sessions.redeem(body.launch_code)
      if (token === undefined) {
        throw new ApiError(403, 'This link was used before or is too old. Ask the app for a new one.')
      }
      return { session: { token, expires_at: null } }
    },
  })

  mount(createLaunchLink, {
    transaction: false,
    handle: async ({ context }) => {
      const { code, expiresAt } = context.sessions.makeLaunchCode()
      const url = `http://127.0.0.1:${context.address.port}/#t=${code}`
      return { launch_link: { url, expires_at: timestamp(expiresAt) } }
    },
  })

  mount(logout, {
    handle: async ({ context, db, identity }) => {
      context.sessions.end(identity.bearer)
      if (identity.tokenId !== undefined) {
        const revoked_at = timestamp(context.clock())
        await db.updateTable('api_tokens').set({ revoked_at }).where('id', '=', identity.tokenId).execute()
      }
      return undefined
    },
  })
}

async function describeCaller({ context, db, identity }: Call<typeof showMe>) {
  const user = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', identity.userId)
    .executeTakeFirstOrThrow()
  const business = await db
    .selectFrom('businesses')
    .selectAll()
    .where('id', '=', identity.businessId ?? context.owner.businessId)
    .executeTakeFirst()
  return {
    me: {
      id: user.id,
      name: user.name,
      email: user.email,
      signed_in_with: identity.kind === 'public' ? ('window' as const) : identity.kind,
      scopes: [...identity.scopes],
      business: business ?? null,
    },
  }
}
