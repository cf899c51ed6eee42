/**
 * One contender in its own process: `node import-child.mjs CONTENDER DATA-AS-JSON`; prints its run as JSON.
 */
import { contenders } from './import-contenders.ts'
import type { ImportData } from './import-data.ts'

const [name = '', data = ''] = process.argv.slice(2)
const outcome = await contenders[name]!(JSON.parse(data) as ImportData)
process.stdout.write(JSON.stringify({ ...outcome, maxRssMb: process.resourceUsage().maxRSS / 1024 }))
