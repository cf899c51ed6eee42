import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

/** The services whose credentials are kept so far. */
export const IntegrationKey = Type.Enum(['apple_wallet', 'google_wallet'])
export type IntegrationKey = Static<typeof IntegrationKey>

/** What is shown of credentials: never a secret, only what tells which they are. */
export const IntegrationCredential = Type.Object({
  id: Id,
  business_id: Id,
  integration: IntegrationKey,
  name: Type.String(),
  /** Field by field, masked: the last characters, a subject, a fingerprint. */
  masked: Type.Record(Type.String(), Type.String()),
  valid_from: Nullable(Timestamp),
  valid_until: Nullable(Timestamp),
  /** What a person should know of it, such as that it ends in a month. */
  warnings: Type.Array(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type IntegrationCredential = Static<typeof IntegrationCredential>

/**
 * Apple: `certificate` and `wwdr` (PEM, or DER in base64), `private_key` (PEM; it may stand in the text of the
 * certificate), `passphrase` where the key has one, `digest` (`sha1` unless `sha256`). A PKCS#12 file (.p12) is refused
 * with the openssl command that turns it into PEM. Google: `service_account` (the JSON of its key) and `issuer_id`.
 */
const Secrets = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 60_000 }))

const one = Type.Object({ integration_credential: IntegrationCredential })
const read = {
  tag: 'Integrations',
  access: 'token',
  scope: 'integrations:read',
  throttle: 'user-api',
} as const
const write = { ...read, scope: 'integrations:write', throttle: 'admin-writes' } as const

export const listIntegrationCredentials = defineEndpoint({
  ...read,
  name: 'listIntegrationCredentials',
  method: 'GET',
  path: '/api/integration-credentials',
  summary: 'Which services a business has credentials for, masked',
  query: Type.Object({ business_id: Type.Optional(Id), ...pageQuery }),
  status: 200,
  reply: Type.Object({ integration_credentials: Paginated(IntegrationCredential) }),
})

export const createIntegrationCredential = defineEndpoint({
  ...write,
  name: 'createIntegrationCredential',
  method: 'POST',
  path: '/api/integration-credentials',
  summary:
    'Keep credentials, encrypted and never returned; wrong ones are refused with the field that is wrong',
  body: Type.Object({
    business_id: Type.Optional(Id),
    integration: IntegrationKey,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    credentials: Secrets,
  }),
  status: 201,
  reply: one,
})

export const changeIntegrationCredential = defineEndpoint({
  ...write,
  name: 'changeIntegrationCredential',
  method: 'PATCH',
  path: '/api/integration-credentials/{id}',
  summary: 'Rename credentials, or put new ones in their place',
  params: IdParams,
  body: Type.Object({
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    credentials: Type.Optional(Secrets),
  }),
  status: 200,
  reply: one,
})

export const deleteIntegrationCredential = defineEndpoint({
  ...write,
  name: 'deleteIntegrationCredential',
  method: 'DELETE',
  path: '/api/integration-credentials/{id}',
  summary: 'Forget credentials',
  params: IdParams,
  status: 204,
})
