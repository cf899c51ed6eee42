import { makeConfig } from '../../entry-config.ts'
import { plainNodeHost } from '../../host/plain-node.ts'
import { runServer } from '../../run.ts'
import { numberOf, readArguments, textOf } from '../arguments.ts'
import { exitCodes } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const serveCommand: Command = {
  summary: 'run the server and open the page in the browser',
  help: `qrscan serve: run the server until it is told to stop (Ctrl+C)

  --data DIR   the data folder
  --port N     the port; 0 lets the system choose (default: the setting, or 0).
               A port that is taken is an error.
  --no-open    do not open the browser; the link is printed either way
  --json       print one line {"event":"ready","url":…,"launch_url":…,"pid":…} when it listens

The link works once, for a minute. \`qrscan open\` makes another.
With DATABASE_URL=postgres://… the server is a hub over PostgreSQL.
`,
  async run(args) {
    const parsed = readArguments(args, { port: { type: 'string' }, 'no-open': { type: 'boolean' } })
    const port = numberOf(parsed, 'port', [0, 65_535])
    const databaseUrl = process.env['DATABASE_URL']
    const config = makeConfig({ dataDir: textOf(parsed, 'data'), port, databaseUrl })
    const host = plainNodeHost(config.dataDir)
    const server = await runServer({ config, host })
    const launchUrl = server.makeLaunchLink()
    // Before anybody hears that it is ready, and may tell it to stop.
    const told = untilToldToStop()
    if (parsed.values['json']) {
      const line = { event: 'ready', url: server.url, launch_url: launchUrl, pid: process.pid }
      process.stdout.write(`${JSON.stringify(line)}\n`)
    } else {
      process.stdout.write(
        `QRScan runs at ${server.url}\nOpen it with this link, once, within a minute:\n\n  ${launchUrl}\n\n`,
      )
      process.stdout.write('`qrscan open` makes a new link. Ctrl+C stops the server.\n')
    }
    if (!parsed.values['no-open'] && !parsed.values['json'])
      await host.openExternal(launchUrl).catch(() => {})
    await told
    await server.stop()
    return exitCodes.done
  },
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
