import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { verifyRecord } from '../../features/recall-actions/verify-record.ts'
import { exitCodes, UsageError } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const recallCommand: Command = {
  summary: 'judge the record of a recall that somebody handed you',
  help: `qrscan recall verify FILE: say whether a recall's record (JSONL) is whole and unchanged, and where it breaks

  --head HASH   a hash that was handed out earlier, on a printed report: it must still be there. May be repeated.
  --json        print the verdict as JSON

Needs no server and no data folder. \`bin/verify-recall-record.mjs\` does the same with nothing but Node.
`,
  async run([action, ...rest]) {
    if (action !== 'verify') throw new UsageError('Say `recall verify FILE`.')
    const { file, heads, json } = readWords(rest)
    const verdict = verifyRecord(readText(file), heads)
    if (json) process.stdout.write(`${JSON.stringify(verdict)}\n`)
    else if (verdict.problem === null)
      process.stdout.write(`Intact: ${verdict.entries} entries, the last is ${verdict.head}\n`)
    else process.stdout.write(`Broken in line ${verdict.problem.line}: ${verdict.problem.message}\n`)
    return verdict.intact ? exitCodes.done : exitCodes.refused
  },
}

function readWords(args: string[]): { file: string; heads: string[]; json: boolean } {
  try {
    const options = { head: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const { head = [], json = false } = values
    const [file] = positionals
    if (file === undefined || positionals.length > 1)
      throw new UsageError('Say one file: `recall verify FILE`.')
    const odd = head.find((hash) => !/^[0-9a-f]{64}$/i.test(hash))
    if (odd !== undefined) throw new UsageError(`--head takes 64 hexadecimal digits, not "${odd}".`)
    return { file, heads: head, json }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

/** Bytes that are no UTF-8 would be read as something else than was sealed. */
function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
  } catch (error) {
    throw new UsageError(`"${file}" cannot be read as UTF-8 text: ${(error as Error).message}`)
  }
}
