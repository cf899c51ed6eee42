import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from './ensure-build.ts'

// Tests of the built app (main process, packed app, page in a browser) need a build of the present source.
ensureBuild()
const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const run = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
