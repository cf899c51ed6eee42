import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import * as contract from '#contract/export-bundles.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { FileBuilder } from '#server/features/exports/build-files.ts'
import type { BundleItem, BundleJob, Drawers } from '#server/features/exports/bundle-item.ts'
import { Journal, journalPath } from '#server/features/exports/bundle-journal.ts'
import { startTestServer } from '#test/support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'qrscan-kills-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Files of many sizes, some that pack and some that do not; one item in seven cannot be made. */
const drawers: Drawers = {
  files: async (_kind, { name, key }) => {
    if (Number(key) % 7 === 3) throw new Error('This one cannot be made.')
    const noise = Buffer.from(sum(Buffer.from(name)).repeat(1 + (Number(key) % 5)), 'hex')
    return [
      { ending: '.png', body: noise, receipt: null, packs: false },
      { ending: '.svg', body: Buffer.from(`<svg>${name.repeat(40)}</svg>`), receipt: null, packs: true },
    ]
  },
  receipt: () => Promise.reject(new Error('No label is made here.')),
}

const items = Array.from({ length: 40 }, (_, index): BundleItem => {
  const name = index % 3 === 0 ? 'same' : `item-${index}`
  return {
    key: String(index),
    name,
    text: name,
    caption: null,
    style: {},
    logo: null,
    facts: { name },
    row: null,
  }
})

function jobAt(path: string): BundleJob {
  return {
    id: 'bundle',
    kind: 'qr_codes',
    request: { kind: 'qr_codes' },
    path,
    total: items.length,
    maxBytes: 1e9,
    fontDir: '',
    createdAt: Date.UTC(2026, 10, 23),
  }
}

/** Builds what is left, `step` items at a time, up to before `end`; the whole bundle's bytes where that is the end. */
async function build(path: string, step: number, end = items.length): Promise<Buffer | undefined> {
  const builder = new FileBuilder(jobAt(path), drawers)
  const { after } = builder.progress
  for (let from = after === null ? 0 : Number(after) + 1; from < end; from += step) {
    await builder.add(items.slice(from, Math.min(end, from + step)))
  }
  if (end < items.length) return undefined
  await builder.finish()
  return readFileSync(path)
}

describe('a bundle whose building was ended at any moment', () => {
  it('is, once finished, byte for byte what it would have been', async () => {
    const whole = await build(join(folder, 'whole'), 8)
    expect(Object.keys(unzipSync(whole!)).length).toBeGreaterThan(60)
    let resumed = 0
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 39 }).map((end) => (end + 15) % 40),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 1000 }).map((permille) => permille / 1000),
        fc.constantFrom('archive cut', 'journal cut', 'archive lost', 'bytes lost', 'directory written'),
        async (end, step, where, fault) => {
          const path = join(folder, 'torn')
          for (const file of [path, journalPath(path)]) rmSync(file, { force: true })
          await build(path, step, end)
          damage(path, where, fault)
          const journal = new Journal(path)
          if (journal.recover().lines.length > 0) resumed++
          journal.close()
          expect(sum((await build(path, step))!)).toBe(sum(whole!))
        },
      ),
      { numRuns: 150 },
    )
    // It is no proof when every run begins anew.
    expect(resumed).toBeGreaterThan(40)
  })
})

/** What a kill or a power cut can do to what was not yet safe. */
function damage(path: string, where: number, fault: string): void {
  const file = fault === 'journal cut' ? journalPath(path) : path
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length * where)
  if (fault === 'archive lost') rmSync(path)
  else if (fault === 'bytes lost') writeFileSync(path, bytes.fill(0, at, Math.min(bytes.length, at + 512)))
  else if (fault === 'directory written') writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(at, 80)]))
  else truncateSync(file, at)
}

describe('a server that is killed while it builds', () => {
  it(
    'has the bundle whole after the next start, however often that happens',
    { timeout: 90_000 },
    async () => {
      const dataDir = join(folder, 'server')
      const first = await startTestServer({ dataDir })
      for (let index = 0; index < 120; index++) {
        const body = { slug: `link-${index}`, destination_url: 'https://example.com/' }
        await first.window.call(createQrLink, { body })
      }
      await first.server.stop()
      const before = await startTestServer({ dataDir })
      const body = { kind: 'qr_codes' as const, formats: ['png', 'svg'], size: 3000 }
      const { id } = (await before.window.call(contract.createExportBundle, { body })).bundle
      await before.server.stop()
      for (const patience of [150, 400, 800, 60]) await startAndKill(dataDir, patience)
      await using last = await startTestServer({ dataDir })
      let bundle = await find(last, id)
      for (let tries = 0; bundle.status !== 'ready' && tries < 400; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        bundle = await find(last, id)
      }
      expect(bundle).toMatchObject({ status: 'ready', done: 120, verified: 120, refused: 0 })
      const zip = await (await last.fetch(`/api/exports/bundles/${id}/download`)).arrayBuffer()
      const files = unzipSync(new Uint8Array(zip))
      const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as {
        files: { file: string; sha256: string }[]
      }
      expect(manifest.files).toHaveLength(240)
      for (const { file, sha256 } of manifest.files) expect(sum(files[file]!)).toBe(sha256)
    },
  )
})

async function find({ window }: Awaited<ReturnType<typeof startTestServer>>, id: string) {
  return (await window.call(contract.findExportBundle, { params: { id } })).bundle
}

/** The real server as a process, killed without warning so many milliseconds after it listens. */
async function startAndKill(dataDir: string, patience: number): Promise<void> {
  const script = fileURLToPath(new URL('../../../src/server/start.ts', import.meta.url))
  const server = spawn(process.execPath, [script], { env: { ...process.env, QRSCAN_DATA: dataDir } })
  await once(server.stdout, 'data')
  await new Promise((resolve) => setTimeout(resolve, patience))
  const gone = once(server, 'exit')
  server.kill('SIGKILL')
  await gone
}
