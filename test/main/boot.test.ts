import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isBuilt, startFakeApp, type FakeApp } from '#test/support/electron-app.ts'

const ready = (app: FakeApp) => app.until(async () => (await app.calls('window.loadURL')).length > 0)
const liveServer = (app: FakeApp, not = 0) =>
  app.until(async () => {
    const [pid] = await app.ask<number[]>('serverPids')
    return pid !== not && pid
  })

describe.skipIf(!isBuilt)(
  'the built main process over a strict fake of electron (needs `npm run build`)',
  () => {
    it('starts in order: sandbox and scheme before ready, then the server, the window and the page', async () => {
      await using app = await startFakeApp()
      await ready(app)
      const names = (await app.ask<{ name: string }[]>('calls')).map(({ name }) => name)
      const order = [
        'app.enableSandbox',
        'protocol.registerSchemesAsPrivileged',
        'protocol.handle',
        'utilityProcess.fork',
      ]
      const places = [...order, 'BrowserWindow', 'window.loadURL', 'window.show'].map((name) =>
        names.indexOf(name),
      )
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(await app.calls('crashReporter.start')).toEqual([[{ uploadToServer: false }]])
    })

    it('opens a window that is sandboxed and isolated', async () => {
      await using app = await startFakeApp()
      const [[options]] = (await app.calls('BrowserWindow')) as [[{ webPreferences: object; show: boolean }]]
      expect(options.show).toBe(false)
      expect(options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      })
    })

    it('signs the calls of the page, which works with no token of its own', async () => {
      await using app = await startFakeApp()
      await ready(app)
      const { status, text } = await app.ask<{ status: number; text: string }>(
        'request',
        'app://bundle/api/me',
      )
      expect(status).toBe(200)
      expect(JSON.parse(text)).toMatchObject({ me: { signed_in_with: 'window' } })
      const health = await app.ask<{ text: string }>('request', 'app://bundle/api/local/health')
      expect(JSON.parse(health.text)).toMatchObject({
        health: { secrets: 'Encrypted with a key that GNOME Keyring keeps.' },
      })
    })

    it('carries what the page writes to the server', async () => {
      await using app = await startFakeApp()
      await ready(app)
      const body = JSON.stringify({ slug: 'menu', destination_url: 'https://example.org/menu' })
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }
      const made = await app.ask<{ status: number; text: string }>(
        'request',
        'app://bundle/api/qr-links',
        init,
      )
      expect(made).toMatchObject({ status: 201, text: expect.stringContaining('"slug":"menu"') as string })
      const followed = await app.ask('request', 'app://bundle/r/menu')
      expect(followed).toMatchObject({ status: 302, headers: { location: 'https://example.org/menu' } })
    })

    it('turns the menu and the tray into commands of the page', async () => {
      await using app = await startFakeApp({ env: { FAKE_PICK: fileURLToPath(import.meta.url) } })
      await ready(app)
      await app.ask('invoke', 'take-commands', [])
      expect(await app.ask('click', 'Menu.setApplicationMenu', 'Imports')).toBe(true)
      expect(await app.ask('click', 'tray.setContextMenu', 'New QR link')).toBe(true)
      expect(await app.ask('click', 'Menu.setApplicationMenu', 'Import a spreadsheet…')).toBe(true)
      const sent = await app.until(async () => {
        const commands = (await app.calls('webContents.send')).filter(([channel]) => channel === 'command')
        return commands.length === 3 && commands.map(([, command]) => command)
      })
      expect(sent).toMatchObject([
        { type: 'show-page', page: 'imports' },
        { type: 'create-qr-link' },
        { type: 'import-file', file: { name: 'boot.test.ts' } },
      ])
    })

    it('keeps the secret of the launch out of the words and the environment of the server', async () => {
      await using app = await startFakeApp({ env: { NODE_OPTIONS: '', SECRET_OF_ANOTHER_PROGRAM: 'x' } })
      await ready(app)
      const pid = await liveServer(app)
      const [[, words, options]] = (await app.calls('utilityProcess.fork')) as [
        [string, string[], { env: object }],
      ]
      expect(words).toEqual([])
      expect(Object.keys(options.env).filter((name) => name !== 'TZ' && name !== 'LANG')).toEqual(['HOME'])
      const seen = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')).join()
      expect(seen).not.toMatch(/qrw_|SECRET_OF_ANOTHER/)
    })

    it('starts a server that was killed again, and the page works on', async () => {
      await using app = await startFakeApp()
      await ready(app)
      const pid = await liveServer(app)
      process.kill(pid, 'SIGKILL')
      await liveServer(app, pid)
      await app.until(
        async () => (await app.ask<{ status: number }>('request', 'app://bundle/api/me')).status === 200,
      )
      expect(await app.calls('window.loadURL')).toHaveLength(1)
      const told = (await app.calls('webContents.send')).map(
        ([, payload]) => (payload as { state: string }).state,
      )
      expect(told).toEqual(expect.arrayContaining(['restarting', 'ready']))
    })

    it('shows how to recover after three crashes, and starts anew when asked', async () => {
      await using app = await startFakeApp()
      await ready(app)
      let pid = 0
      for (let crash = 1; crash <= 3; crash += 1) {
        pid = await liveServer(app, pid)
        process.kill(pid, 'SIGKILL')
      }
      await app.until(async () => (await app.calls('window.loadURL')).length === 2)
      const { text } = await app.ask<{ text: string }>('request', 'app://bundle/')
      expect(text).toContain('QRScan could not start')
      expect(await app.ask('navigate', 'will-navigate', 'app://bundle/recovery/retry')).toBe(false)
      await app.until(
        async () => (await app.ask<{ status: number }>('request', 'app://bundle/api/me')).status === 200,
      )
      expect(await app.calls('window.loadURL')).toHaveLength(3)
    })

    it('says why it cannot start when another program holds the data folder', async () => {
      await using first = await startFakeApp()
      await ready(first)
      await using second = await startFakeApp({ env: { QRSCAN_DATA: join(first.folder, 'data') } })
      await ready(second)
      const { text } = await second.ask<{ text: string }>('request', 'app://bundle/')
      expect(text).toContain('QRScan could not start')
      expect(await second.ask('serverPids')).toEqual([])
    })

    it('ends the server in order before it quits', async () => {
      await using app = await startFakeApp()
      await ready(app)
      await app.ask('quit')
      await app.until(async () => (await app.ask<{ exit: boolean }>('state')).exit)
      expect(await app.ask('serverPids')).toEqual([])
      expect(readFileSync(join(app.folder, 'data/logs/server.log'), 'utf8')).toContain('"stopped"')
    })

    it('quits at once when it already runs', async () => {
      await using app = await startFakeApp({ env: { FAKE_SECOND: '1' } })
      expect(await app.ask('state')).toMatchObject({ exit: true, windows: 0 })
    })

    it('keeps a deep link and a double-clicked file for the page that is not there yet', async () => {
      const id = '0190b5d4-7c1e-7000-8000-000000000001'
      await using app = await startFakeApp({ words: [`qrscan://imports/${id}`] })
      await ready(app)
      const file = join(app.folder, 'links.csv')
      writeFileSync(file, 'slug,destination_url\na,https://example.org/\n')
      await app.ask('appEvent', 'open-file', file)
      const commands = await app.ask<{ type: string; file?: { url: string } }[]>(
        'invoke',
        'take-commands',
        [],
      )
      expect(commands).toMatchObject([
        { type: 'show-import', id },
        { type: 'import-file', file: { name: 'links.csv', size: 44 } },
      ])
      const url = `app://bundle${commands[1]?.file?.url}`
      expect(await app.ask('request', url)).toMatchObject({ status: 200, text: readFileSync(file, 'utf8') })
      expect(await app.ask('request', url)).toMatchObject({ status: 404 })
      await app.ask('appEvent', 'open-url', 'qrscan://settings/tokens')
      expect(await app.calls('webContents.send')).toContainEqual([
        'command',
        { type: 'show-page', page: 'settings/tokens' },
      ])
    })
  },
)
