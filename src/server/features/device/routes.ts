import { changeSettings, showHealth, showSettings, watchEvents, type Health } from '#contract/device.ts'
import type { Context } from '../../context.ts'
import { hijacked } from '../../http/call.ts'
import { streamEvents } from '../../http/event-stream.ts'
import type { Mount } from '../../http/mount.ts'
import { throttleTable } from '../../http/throttles.ts'
import { loadSettings, saveSetting } from './settings.ts'

export function serveDevice(mount: Mount): void {
  mount(showHealth, { handle: async ({ context }) => ({ health: healthOf(context) }) })

  mount(showSettings, {
    handle: async ({ context, db }) => {
      const { port = 0 } = await loadSettings(db)
      return { settings: { port, throttles: { ...context.throttles.current } } }
    },
  })

  mount(changeSettings, {
    handle: async ({ context, db, body, afterCommit }) => {
      const kept = await loadSettings(db)
      const throttles = { ...kept.throttles, ...body.throttles }
      const table = throttleTable(throttles)
      const port = body.port ?? kept.port ?? 0
      await saveSetting(db, 'throttles', throttles)
      await saveSetting(db, 'port', port)
      afterCommit(() => {
        context.throttles.current = table
      })
      return { settings: { port, throttles: { ...table } } }
    },
  })

  mount(watchEvents, {
    handle: async ({ context, request, reply }) => {
      streamEvents(request, reply, context.events, () => true)
      return hijacked
    },
  })
}

function healthOf({ config, database, host, check, startedAt, clock }: Context): Health {
  return {
    status: check.problem === undefined ? 'ok' : 'degraded',
    version: config.version,
    database: {
      kind: database.kind,
      checked: check.done,
      ...(check.problem !== undefined && { problem: check.problem }),
    },
    secrets: host.secretsKeptIn,
    uptime_seconds: Math.round((clock() - startedAt) / 1000),
  }
}
