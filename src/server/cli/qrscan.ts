import { ApiError } from '#contract/errors.ts'
import { appVersion } from '../entry-config.ts'
import { DataFolderInUse } from '../db/instance-lock.ts'
import { PortTaken } from '../run.ts'
import { importCommand } from './commands/import.ts'
import { openCommand } from './commands/open.ts'
import { openApiCommand } from './commands/openapi.ts'
import { qrCommand } from './commands/qr.ts'
import { recallCommand } from './commands/recall.ts'
import { serveCommand } from './commands/serve.ts'
import { tokenCommand } from './commands/token.ts'
import { exitCodes, Refused, UsageError } from './failures.ts'

/** A command: what its help says, and what it does with its words. Answers the exit code. */
export interface Command {
  summary: string
  help: string
  run(args: string[]): Promise<number>
}

const commands: Record<string, Command> = {
  serve: serveCommand,
  open: openCommand,
  token: tokenCommand,
  import: importCommand,
  qr: qrCommand,
  recall: recallCommand,
  openapi: openApiCommand,
}

const help = `QRScan on the command line (${appVersion})

Usage: qrscan COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

  qrscan COMMAND --help says more about one of them.

Options of every command
  --data DIR   the data folder (default: the one of your user account, or QRSCAN_DATA)
  --json       one JSON value on standard output, for scripts
  --help       this text

Exit codes
  0  done
  1  understood but not done: the file has errors, or the server refused
  2  the words of the call are wrong
  3  the server cannot be started or reached
`

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return print(help)
  if (name === '--version') return print(`${appVersion}\n`)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    return complain(`There is no command "${name}". \`qrscan --help\` lists them.`, exitCodes.usage)
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help)
  try {
    return await command.run(rest)
  } catch (error) {
    return explain(error as Error, name)
  }
}

function explain(error: Error, name: string): number {
  if (error instanceof UsageError) {
    return complain(`${error.message}\n\`qrscan ${name} --help\` shows how it is used.`, exitCodes.usage)
  }
  if (error instanceof Refused) return complain(error.message, exitCodes.refused)
  if (error instanceof ApiError) {
    const details = Object.entries(error.errors ?? {}).flatMap(([field, sentences]) =>
      sentences.map((sentence) => `  ${field}: ${sentence}`),
    )
    return complain([error.message, ...details].join('\n'), exitCodes.refused)
  }
  if (error instanceof PortTaken || error instanceof DataFolderInUse) {
    return complain(error.message, exitCodes.unreachable)
  }
  return complain(error.message, exitCodes.unreachable)
}

function print(text: string): number {
  process.stdout.write(text)
  return exitCodes.done
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}
