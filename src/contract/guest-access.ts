import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Nullable } from './fields.ts'

/** The door for guests on the same network: closed until the owner opens it, and only the public paths behind it. */
export const GuestAccess = Type.Object({
  is_open: Type.Boolean(),
  /** The port guests use; 0 takes a free one at each start, so printed codes want a fixed one. */
  port: Type.Integer({ minimum: 0, maximum: 65_535 }),
  /** The address that codes carry; null takes the first of `addresses`. */
  host: Nullable(Type.String({ maxLength: 253 })),
  /** Addresses of this machine on its networks. */
  addresses: Type.Array(Type.String()),
  /** Where guests go, when open. */
  url: Nullable(Type.String()),
  /** Why it could not be opened, in a sentence. */
  problem: Nullable(Type.String()),
})
export type GuestAccess = Static<typeof GuestAccess>

const shape = {
  tag: 'This device',
  access: 'device',
  throttle: 'none',
  scope: 'local:admin',
  status: 200,
  reply: Type.Object({ guest_access: GuestAccess }),
} as const

export const showGuestAccess = defineEndpoint({
  ...shape,
  name: 'showGuestAccess',
  method: 'GET',
  path: '/api/local/guest-access',
  summary: 'Whether guests on the same network can reach the guest page',
})

export const changeGuestAccess = defineEndpoint({
  ...shape,
  name: 'changeGuestAccess',
  method: 'PATCH',
  path: '/api/local/guest-access',
  summary: 'Open or close the guest page to the same network',
  body: Type.Object({
    is_open: Type.Optional(Type.Boolean()),
    port: Type.Optional(GuestAccess.properties.port),
    host: Type.Optional(GuestAccess.properties.host),
  }),
})
