#!/usr/bin/env node
// Plain JavaScript that any Node can read: it checks the version before anything opens the database, whose
// binary crashes an older Node instead of complaining.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const major = Number(process.versions.node.split('.')[0])
const carried = fileURLToPath(new URL('node_modules/node/bin/node', root))

if (major >= 24) {
  if (existsSync(new URL('scripts/ensure-build.ts', root))) {
    const { ensureBuild } = await import(new URL('scripts/ensure-build.ts', root).href)
    ensureBuild()
  }
  await import(new URL('out/main/qrscan.js', root).href)
} else if (existsSync(carried) && process.env.QRSCAN_CARRIED_NODE !== '1') {
  // The package `node` brings the version we need along.
  const again = spawnSync(carried, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, QRSCAN_CARRIED_NODE: '1' },
  })
  process.exitCode = again.status ?? 3
} else {
  console.error(
    `QRScan needs Node 24 or newer; this is ${process.versions.node}. Run \`npm ci\` in ${fileURLToPath(root)} first.`,
  )
  process.exitCode = 3
}
