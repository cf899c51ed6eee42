import { appVersion } from '../../entry-config.ts'
import { openApiDocument } from '../../http/openapi.ts'
import { exitCodes } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const openApiCommand: Command = {
  summary: 'print the OpenAPI 3.1 document of the API',
  help: 'qrscan openapi: print the OpenAPI 3.1 document of the API as JSON\n',
  async run() {
    process.stdout.write(`${JSON.stringify(openApiDocument(appVersion), null, 2)}\n`)
    return exitCodes.done
  },
}
