/**
 * Import preview of 1,000,000 rows × 8 columns against 1,000,000 stored links: ours and Papa Parse, each run
 * in a fresh process, round robin. `node bench/import-preview.ts [--rows N] [--rounds N]`
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import type { Outcome } from './import-contenders.ts'
import { type ImportData, makeImportData } from './import-data.ts'

const folder = fileURLToPath(new URL('.data', import.meta.url))
const built = fileURLToPath(new URL('.data/built', import.meta.url))
const contenders = ['ours-whole', 'papa-whole', 'ours-parse', 'papa-stream', 'ours-pages']
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
})

type Run = Outcome & { maxRssMb: number }

/** Bundles the contenders and the worker as the app is bundled: no compiler in the measured processes. */
async function bundle(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3', 'papaparse', 'hucre/xlsx', 'jschardet'] },
    build: {
      ssr: true,
      outDir: built,
      target: 'node24',
      rollupOptions: {
        input: {
          child: fileURLToPath(new URL('import-child.ts', import.meta.url)),
          worker: fileURLToPath(new URL('../src/server/features/imports/engine/worker.ts', import.meta.url)),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
}

function runOnce(name: string, data: ImportData): Run {
  const output = execFileSync(process.execPath, [`${built}/child.mjs`, name, JSON.stringify(data)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(output) as Run
}

function assertFound(name: string, run: Run, data: ImportData): void {
  const { stored_same: same, stored_different: different, ...errors } = data.injected
  const expected: Record<string, number> = {
    ...errors,
    stored: /whole|pages/.test(name) ? same + different : 0,
  }
  for (const [what, count] of Object.entries(expected)) {
    const found = run.found[what as keyof Outcome['found']]
    if (found !== count) throw new Error(`${name} found ${found} × ${what} where ${count} were put in`)
  }
}

function compare(
  title: string,
  mine: Run[],
  peer: Run[],
  limits: { time: number; memory?: number },
): boolean {
  const best = (runs: Run[], of: (run: Run) => number): number => Math.min(...runs.map(of))
  const [time, peerTime] = [best(mine, (run) => run.ms), best(peer, (run) => run.ms)]
  const [memory, peerMemory] = [best(mine, (run) => run.maxRssMb), best(peer, (run) => run.maxRssMb)]
  console.log(
    `${title}: ${time.toFixed(0)} ms, ${memory.toFixed(0)} MB; Papa Parse ${peerTime.toFixed(0)} ms, ${peerMemory.toFixed(0)} MB`,
  )
  console.log(
    `  time ${(time / peerTime).toFixed(3)} (at most ${limits.time}), memory ${(memory / peerMemory).toFixed(3)} (${limits.memory === undefined ? 'no limit' : `at most ${limits.memory}`})`,
  )
  return time / peerTime <= limits.time && memory / peerMemory <= (limits.memory ?? Infinity)
}

function main(data: ImportData): void {
  const runs: Record<string, Run[]> = {}
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of contenders) {
      const run = runOnce(name, data)
      assertFound(name, run, data)
      runs[name] = [...(runs[name] ?? []), run]
    }
  }
  const whole = compare('whole preview', runs['ours-whole']!, runs['papa-whole']!, {
    time: 0.3,
    memory: 0.25,
  })
  const parse = compare('parse and check', runs['ours-parse']!, runs['papa-stream']!, { time: 0.33 })
  const first = Math.min(...runs['ours-whole']!.map((run) => run.firstRowsMs ?? Infinity))
  console.log(`first 100 rows after ${first.toFixed(0)} ms (at most 100)`)
  for (const [filter, { median, p99 }] of Object.entries(runs['ours-pages']![0]!.pages ?? {})) {
    console.log(
      `page of 50, ${filter}: median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (median below 1)`,
    )
  }
  if (!whole || !parse) process.exitCode = 1
}

await bundle()
main(makeImportData(folder, Number(values.rows)))
