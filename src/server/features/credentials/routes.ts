import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/integration-credentials.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Identity } from '../../http/identity.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { checkApple } from './check-apple.ts'
import { checkGoogle } from './check-google.ts'
import type { CheckedCredentials } from './checked-credentials.ts'
import {
  credentialsOf,
  insertCredential,
  presentCredential,
  removeCredential,
  updateCredential,
} from './store.ts'
import type { IntegrationCredentialRow } from './table.ts'
import type { Vault } from './vault.ts'

interface Caller {
  db: Db
  identity: Identity
  context: Context
}

/** What credentials take from other features. */
export interface CredentialParts {
  vault: Vault
  businessOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }>
  businessesOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }[]>
}

type OneCredential = Pick<Call<typeof contract.deleteIntegrationCredential>, 'db' | 'params' | 'identity'>

async function find({ db, params, identity }: OneCredential): Promise<IntegrationCredentialRow | undefined> {
  const row = await db
    .selectFrom('integration_credentials')
    .selectAll()
    .where('id', '=', params.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return identity.businessId === null || row?.business_id === identity.businessId ? row : undefined
}

/** Credentials of other services: checked when written, sealed, and never given back. */
export function serveCredentials(mount: Mount, parts: CredentialParts): void {
  mount(contract.listIntegrationCredentials, { handle: (call) => list(call, parts) })
  mount(contract.createIntegrationCredential, {
    handle: async (call) => {
      const { business_id, integration, name, credentials } = call.body
      const business = await parts.businessOfCall(call, business_id)
      await refuseSecond(call.db, business.id, integration)
      const now = call.context.clock()
      const checked = check(integration, credentials, now)
      const added = { business_id: business.id, integration, name, checked }
      return answerWith(call, await insertCredential(call.db, parts.vault, added, now))
    },
  })
  mount(contract.changeIntegrationCredential, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const { name, credentials } = call.body
      const now = call.context.clock()
      const checked = credentials && check(call.row.integration, credentials, now)
      return answerWith(call, await updateCredential(call.db, parts.vault, call.row, { name, checked, now }))
    },
  })
  mount(contract.deleteIntegrationCredential, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removeCredential(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
}

async function list(call: Call<typeof contract.listIntegrationCredentials>, parts: CredentialParts) {
  const ids = (await parts.businessesOfCall(call, call.query.business_id)).map(({ id }) => id)
  const { count } = await credentialsOf(call.db, ids)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const integration_credentials = await pageOf(call, Number(count), async ({ limit, offset }) => {
    const rows = await credentialsOf(call.db, ids)
      .selectAll()
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute()
    return rows.map((row) => presentCredential(row, call.context.clock()))
  })
  return { integration_credentials }
}

function check(
  integration: contract.IntegrationKey,
  sent: Record<string, string>,
  now: number,
): CheckedCredentials {
  return integration === 'apple_wallet' ? checkApple(sent, now) : checkGoogle(sent)
}

async function refuseSecond(db: Db, businessId: string, integration: contract.IntegrationKey): Promise<void> {
  const there = await credentialsOf(db, [businessId])
    .select('id')
    .where('integration', '=', integration)
    .executeTakeFirst()
  if (!there) return
  const sentence = 'This business has credentials for it. Put the new ones in their place.'
  throw new ValidationFailed({ integration: [sentence] })
}

function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: IntegrationCredentialRow,
): { integration_credential: contract.IntegrationCredential } {
  call.reply.header('ETag', rowEtag(row))
  announce(call, row.business_id)
  return { integration_credential: presentCredential(row, call.context.clock()) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'integration_credentials.changed', business_id }))
}
