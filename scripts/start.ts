import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from './ensure-build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

ensureBuild()
const electron = await electronBinary()
if ('path' in electron) {
  run(electron.path, [root])
} else {
  process.stdout.write(`No app window: ${electron.reason}\nThe same app opens in your browser instead.\n\n`)
  run(process.execPath, [join(root, 'bin', 'qrscan.mjs'), 'serve', ...process.argv.slice(2)])
}

/** Electron's binary, fetched when it can be, or why there is none. */
async function electronBinary(): Promise<{ path: string } | { reason: string }> {
  if (process.env['QRSCAN_BROWSER'] === '1') return { reason: 'QRSCAN_BROWSER=1 asks for the browser.' }
  const folder = dirname(require.resolve('electron/package.json'))
  const found = binaryIn(folder)
  if (found) return { path: found }
  process.stdout.write('Looking for the app window (Electron, about 120 MB, once) …\n')
  const problem = await download(folder)
  const path = binaryIn(folder)
  return path
    ? { path }
    : { reason: `Electron's binary is not here and could not be downloaded (${problem}).` }
}

function binaryIn(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

/** Electron's own installer; its last line says what went wrong. Given up after two minutes. */
function download(folder: string): Promise<string> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const timer = setTimeout(() => installer.kill(), 120_000)
    let output = ''
    installer.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    installer.on('close', () => {
      clearTimeout(timer)
      const line = output.split('\n').find((text) => /error/i.test(text)) ?? 'no connection'
      resolve(/fetch failed/.test(line) ? 'no connection to where it is kept' : line.trim().slice(0, 120))
    })
  })
}

function run(command: string, args: string[]): void {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.on('close', (code) => process.exit(code ?? 1))
}
