import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'

export const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  version: Type.String(),
  database: Type.Object({
    kind: Type.Enum(['sqlite', 'postgres']),
    /** False after an unclean end until the quick check has passed. */
    checked: Type.Boolean(),
    problem: Type.Optional(Type.String()),
  }),
  /** How secrets are kept: by the system's keychain, or in a file that only its owner can read. */
  secrets: Type.String(),
  uptime_seconds: Type.Number(),
})
export type Health = Static<typeof Health>

const shape = { tag: 'This device', access: 'device', throttle: 'none', scope: 'local:admin' } as const

export const showHealth = defineEndpoint({
  ...shape,
  name: 'showHealth',
  method: 'GET',
  path: '/api/local/health',
  summary: 'Whether the server and its database are well',
  status: 200,
  reply: Type.Object({ health: Health }),
})

export const Settings = Type.Object({
  /** Attempts a minute for each named throttle. */
  throttles: Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** The port to listen on; 0 lets the system choose. Counts from the next start. */
  port: Type.Integer({ minimum: 0, maximum: 65_535 }),
})
export type Settings = Static<typeof Settings>

export const showSettings = defineEndpoint({
  ...shape,
  name: 'showSettings',
  method: 'GET',
  path: '/api/local/settings',
  summary: 'The settings of this device',
  status: 200,
  reply: Type.Object({ settings: Settings }),
})

export const changeSettings = defineEndpoint({
  ...shape,
  name: 'changeSettings',
  method: 'PATCH',
  path: '/api/local/settings',
  summary: 'Change settings of this device',
  body: Type.Object({
    throttles: Type.Optional(Settings.properties.throttles),
    port: Type.Optional(Settings.properties.port),
  }),
  status: 200,
  reply: Type.Object({ settings: Settings }),
})

/** Changes as they happen, for open windows: `{"type": "qr_links.changed", …}`. */
export const watchEvents = defineEndpoint({
  ...shape,
  name: 'watchEvents',
  method: 'GET',
  path: '/api/local/events',
  summary: 'What changed, as server-sent events',
  status: 200,
  produces: ['text/event-stream'],
})
