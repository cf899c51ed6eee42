/**
 * The process that is killed: the real server over the data folder `--data`, with one recall in force. Prints one line
 * of JSON once it listens.
 */
import { parseArgs } from 'node:util'
import { makeConfig } from '#server/entry-config.ts'
import { plainNodeHost } from '#server/host/plain-node.ts'
import { runServer } from '#server/run.ts'
import { seedRecall } from './record-server.ts'

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const dataDir = values.data!
const server = await runServer({ config: makeConfig({ dataDir, port: 0 }), host: plainNodeHost(dataDir) })
const { database, owner } = server.context
const known = await database.db.selectFrom('recalls').select('id').executeTakeFirst()
const recall = known?.id ?? (await seedRecall(database.db, owner.businessId))
const launch_code = new URL(server.makeLaunchLink()).hash.replace('#t=', '')
process.stdout.write(`${JSON.stringify({ url: server.url, launch_code, recall })}\n`)
