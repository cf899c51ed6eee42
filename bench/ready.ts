/**
 * From the start of the process to its `ready` line, on a database of a million links: warm, and with the database
 * and the bundle put out of the system's file cache (Linux). `node bench/ready.ts [--links N] [--rounds N] [--source]`
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median, report } from './measure.ts'
import { seedLinks } from './seed-links.ts'

const { values } = parseArgs({
  options: {
    links: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    /** Runs the sources instead of the built bundle. */
    source: { type: 'boolean', default: false },
  },
})
const root = fileURLToPath(new URL('..', import.meta.url))
const script = join(root, values.source ? 'src/server/cli/qrscan.ts' : 'bin/qrscan.mjs')
const limit = 700

/** Starts, waits for the line, stops in order. Milliseconds until the line was there. */
async function timeToReady(dataDir: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [script, 'serve', '--json', '--no-open', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  const milliseconds = performance.now() - start
  if (!text.includes('"ready"')) throw new Error(`No ready line: ${text}`)
  child.kill('SIGTERM')
  await gone
  return milliseconds
}

/** Tells the system to forget what it holds of these files, and of no others. */
function dropFromCache(folders: string[]): void {
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      execFileSync('dd', [
        `if=${join(entry.parentPath, entry.name)}`,
        'iflag=nocache',
        'count=0',
        'status=none',
      ])
    }
  }
}

async function main(): Promise<void> {
  const dataDir = await seedLinks(Number(values.links))
  const cached = [dataDir, join(root, 'out/main'), join(root, 'node_modules/better-sqlite3/build/Release')]
  // Builds if it must, migrates, and warms up.
  await timeToReady(dataDir)
  const warm: number[] = []
  const cold: number[] = []
  const bare: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    warm.push(await timeToReady(dataDir))
    if (process.platform === 'linux') {
      dropFromCache(cached)
      cold.push(await timeToReady(dataDir))
    }
    const start = performance.now()
    execFileSync(process.execPath, ['-e', '0'])
    bare.push(performance.now() - start)
  }
  const bench = 'ready'
  const target = `<= ${limit} ms`
  const line = (what: string, times: number[]) => {
    const ours = median(times)
    return { bench, what, ours, peer: median(bare), unit: 'ms', target, met: ours <= limit }
  }
  report([
    line('warm, against an empty Node process', warm),
    ...(cold.length > 0 ? [line('cold files', cold)] : []),
    { bench, what: 'warm, the slowest', ours: Math.max(...warm), unit: 'ms' },
  ])
}

await main()
