/**
 * `npm run bench [names]`: every bench (or the named ones) in a process of its own, one after the other, then one
 * table with what each target asks. Writes bench/.data/results.json. A target that is missed is shown, not an error.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tableOf, type Result } from './measure.ts'

/** Benches whose lines go into the table; the import's print a table of their own. */
const benches: Record<string, { script: string; tabled: boolean }> = {
  ready: { script: 'ready.ts', tabled: true },
  redirect: { script: 'redirect.ts', tabled: true },
  'api-overhead': { script: 'api-overhead.ts', tabled: true },
  'links-page': { script: 'links-page.ts', tabled: true },
  'import-preview': { script: 'import-preview.ts', tabled: false },
  'first-rows': { script: 'first-rows.ts', tabled: true },
  tickets: { script: 'tickets.ts', tabled: true },
  'print-latency': { script: 'print-latency.ts', tabled: true },
  'print-chaos': { script: 'print-chaos.ts', tabled: true },
  'qr-codes': { script: 'qr-codes.ts', tabled: true },
  'wallet-cards': { script: 'wallet-cards.ts', tabled: true },
  'print-sheets': { script: 'print-sheets.ts', tabled: true },
  'wallet-passes': { script: 'wallet-passes.ts', tabled: true },
  gs1: { script: 'gs1.ts', tabled: true },
  recalls: { script: 'recalls.ts', tabled: true },
  field: { script: 'field.ts', tabled: true },
  'import-commit': { script: 'import-commit.ts', tabled: true },
}

interface Ran {
  name: string
  code: number
  results: Result[]
  output: string
}

async function runBench(name: string, { script, tabled }: { script: string; tabled: boolean }): Promise<Ran> {
  process.stderr.write(`\n${name} …\n`)
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_JSON: '1' },
  })
  const exit = once(child, 'close') as Promise<[number | null]>
  let output = ''
  for await (const chunk of child.stdout) output += String(chunk)
  const [code] = await exit
  const lines = output.split('\n').filter((line) => tabled && line.startsWith('{'))
  return { name, code: code ?? 1, results: lines.map((line) => JSON.parse(line) as Result), output }
}

async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    process.stderr.write(
      `No such bench: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.\n`,
    )
    process.exitCode = 2
    return
  }
  const ran: Ran[] = []
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) ran.push(await runBench(name, bench))
  }
  const results = ran.flatMap((run) => run.results)
  for (const { name, code, output } of ran) {
    if (!benches[name]!.tabled) process.stdout.write(`\n${name}\n${output}`)
    if (code !== 0 && benches[name]!.tabled)
      process.stdout.write(`\n${name} did not finish (exit code ${code}).\n`)
  }
  process.stdout.write(`\n${tableOf(results)}`)
  const judged = results.filter(({ met }) => met !== undefined)
  process.stdout.write(`\n${judged.filter(({ met }) => met).length} of ${judged.length} targets met.\n`)
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), node: process.version }
  const folder = fileURLToPath(new URL('.data', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const record = { at: new Date().toISOString(), machine, runs: ran }
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(record, null, 1)}\n`)
}

await main(process.argv.slice(2))
