import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Electron's package brings no binary until somebody downloads it. */
function electronBinary(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  if (!existsSync(join(folder, 'path.txt'))) return undefined
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(path) ? path : undefined
}

const binary = electronBinary()
const isBuilt = existsSync(join(root, 'out/main/index.js'))
const folder = mkdtempSync(join(tmpdir(), 'qrscan-real-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(binary === undefined || !isBuilt)(
  'the app in real Electron (skipped without its binary and a build)',
  () => {
    it('opens its window on the links, over app://, with no violation of its policy, and quits in order', async () => {
      const app = await _electron.launch({
        executablePath: binary ?? '',
        args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
        env: {
          ...(process.env as Record<string, string>),
          QRSCAN_DATA: join(folder, 'data'),
          XDG_CONFIG_HOME: folder,
        },
      })
      const page = await app.firstWindow()
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      await page.waitForURL('app://bundle/qr-links*')
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.evaluate(async () => (await fetch('/api/me')).status)).toBe(200)
      expect(await page.evaluate(() => Object.keys(window.qrscan ?? {}).length)).toBe(6)
      expect(await page.evaluate(async () => (await window.qrscan?.getVersions())?.electron)).toMatch(/^45\./)
      expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe(
        'undefined',
      )
      expect(await readSomeEvents(page)).toContain('connected')
      expect(complaints).toEqual([])
      await app.close()
      expect(readFileSync(join(folder, 'data/logs/server.log'), 'utf8')).toContain('"stopped"')
    }, 60_000)
  },
)

/** That a stream arrives piece by piece through `protocol.handle` is what no fake can show. */
function readSomeEvents(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const response = await fetch('/api/local/events', { headers: { Accept: 'text/event-stream' } })
    const { value } = (await response.body?.getReader().read()) ?? { value: undefined }
    return new TextDecoder().decode(value)
  })
}
