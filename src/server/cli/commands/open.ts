import { createLaunchLink } from '#contract/session.ts'
import { DataFolderInUse, InstanceLock } from '../../db/instance-lock.ts'
import { existsSync } from 'node:fs'
import { makeConfig } from '../../entry-config.ts'
import { plainNodeHost } from '../../host/plain-node.ts'
import { readArguments, textOf } from '../arguments.ts'
import { withClient } from '../connect.ts'
import { exitCodes, Refused } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const openCommand: Command = {
  summary: 'open the page of a server that runs already',
  help: `qrscan open: make a new one-time link to a running server and open it in the browser

  --data DIR   the data folder of the server
  --no-open    only print the link
  --json       print {"url":…,"expires_at":…}
`,
  async run(args) {
    const parsed = readArguments(args, { 'no-open': { type: 'boolean' } })
    const dataDir = textOf(parsed, 'data')
    const config = makeConfig({ dataDir })
    if (!isServed(config.dataDir))
      throw new Refused('No server runs on this data folder. `qrscan serve` starts one.')
    const { launch_link } = await withClient(dataDir, (client) => client.call(createLaunchLink))
    process.stdout.write(`${parsed.values['json'] ? JSON.stringify(launch_link) : launch_link.url}\n`)
    if (!parsed.values['no-open'] && !parsed.values['json']) {
      await plainNodeHost(config.dataDir)
        .openExternal(launch_link.url)
        .catch(() => {})
    }
    return exitCodes.done
  },
}

function isServed(dataDir: string): boolean {
  if (!existsSync(dataDir)) return false
  try {
    new InstanceLock(dataDir).release()
    return false
  } catch (error) {
    if (error instanceof DataFolderInUse) return true
    throw error
  }
}
