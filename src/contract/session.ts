import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, Nullable, Timestamp } from './fields.ts'
import { Business } from './businesses.ts'

export const Me = Type.Object({
  id: Id,
  name: Type.String(),
  email: Nullable(Type.String()),
  /** How this call was signed: the window's own session, or a bearer token of a kind. */
  signed_in_with: Type.Enum(['window', 'api', 'mcp']),
  scopes: Type.Array(Type.String()),
  business: Nullable(Business),
})
export type Me = Static<typeof Me>

export const showMe = defineEndpoint({
  name: 'showMe',
  method: 'GET',
  path: '/api/me',
  summary: 'Who this call is signed in as, with which scopes and for which business',
  tag: 'Session',
  access: 'token',
  throttle: 'user-api',
  status: 200,
  reply: Type.Object({ me: Me }),
})

export const openSession = defineEndpoint({
  name: 'openSession',
  method: 'POST',
  path: '/api/local/session',
  summary: 'Swap the one-time code of a launch link for the window session',
  tag: 'This device',
  access: 'public',
  throttle: 'auth',
  body: Type.Object({ launch_code: Type.String({ maxLength: 128 }) }),
  status: 201,
  reply: Type.Object({ session: Type.Object({ token: Type.String(), expires_at: Nullable(Timestamp) }) }),
  also: [403],
  forgetful: true,
})

export const createLaunchLink = defineEndpoint({
  name: 'createLaunchLink',
  method: 'POST',
  path: '/api/local/launch-links',
  summary: 'Make a new one-time link that opens the app in a browser on this machine',
  tag: 'This device',
  access: 'device',
  throttle: 'none',
  status: 201,
  reply: Type.Object({ launch_link: Type.Object({ url: Type.String(), expires_at: Timestamp }) }),
  forgetful: true,
})

export const logout = defineEndpoint({
  name: 'logout',
  method: 'POST',
  path: '/api/auth/logout',
  summary: 'End this session; a bearer token is revoked',
  tag: 'Session',
  access: 'token',
  throttle: 'user-api',
  status: 204,
  forgetful: true,
})
