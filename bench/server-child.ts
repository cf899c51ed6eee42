/**
 * A real server in its own process, which also tells how long its event loop was held up.
 * Messages in: `reset`, `delay`, `stop`, `{forget: true}`; out: `{url, bearer, businessId}`, then `{p99, max}`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createClient } from '#contract/client.ts'
import { openSession } from '#contract/session.ts'
import { makeConfig } from '#server/entry-config.ts'
import { builtWorkers } from './built-workers.ts'
import { plainNodeHost } from '#server/host/plain-node.ts'
import { throttleTable } from '#server/http/throttles.ts'
import { runServer } from '#server/run.ts'

const dataDir = process.argv[2]!
const config = { ...makeConfig({ dataDir }), workers: builtWorkers() }
const server = await runServer({ config, host: plainNodeHost(dataDir) })
const { throttles, owner, events } = server.context
throttles.current = throttleTable({ 'qr-redirects': 1_000_000, 'token-api': 1_000_000 })
const launch_code = new URL(server.makeLaunchLink()).hash.replace('#t=', '')
const { session } = await createClient({ baseUrl: server.url }).call(openSession, { body: { launch_code } })
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

process.on('message', (message: 'reset' | 'delay' | 'forget' | 'stop') => {
  if (message === 'reset') delay.reset()
  if (message === 'forget') events.emit({ type: 'qr_links.changed', business_id: owner.businessId })
  if (message === 'stop') void server.stop().then(() => process.exit(0))
  else process.send!({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 })
})
// A bench that failed leaves nobody behind.
process.on('disconnect', () => process.exit(1))
process.send!({ url: server.url, bearer: session.token, businessId: owner.businessId })
