import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['src', 'migrations', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const builds = ['out/main/qrscan.js', 'out/main/server.js', 'out/renderer/index.html', 'out/guest/guest.html']

/**
 * Builds when a source is newer than the build, so that a checkout never runs old code. Says so on standard error,
 * which leaves standard output to the command. Ends the process when the build fails.
 */
export function ensureBuild(): void {
  const oldest = Math.min(...builds.map((path) => (existsSync(join(root, path)) ? newestIn(path) : 0)))
  if (Math.max(...sources.map(newestIn)) <= oldest) return
  process.stderr.write('Building (a few seconds, only after a change) …\n')
  const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const build = spawnSync(process.execPath, [script, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (build.status === 0) return
  process.stderr.write('The build failed; see above.\n')
  process.exit(3)
}

/** The newest change of a file, or of any file below a folder, in milliseconds. */
function newestIn(path: string): number {
  const full = join(root, path)
  const stats = statSync(full)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(full).map((name) => newestIn(join(path, name))))
}
