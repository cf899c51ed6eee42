import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isBuilt, startFakeApp, type FakeApp } from '#test/support/electron-app.ts'

const ready = (app: FakeApp) => app.until(async () => (await app.calls('window.loadURL')).length > 0)
const hostile = [
  'https://example.org/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://bundle.example.org/',
  'app://bundle@example.org/',
  'app://other/',
  'app://bundle/api/me',
  'app://bundle/r/slug',
  'qrscan://imports',
  'about:blank',
]

describe.skipIf(!isBuilt)('what a page may not do in the window (needs `npm run build`)', () => {
  it('leave for anywhere but a page of the app', async () => {
    await using app = await startFakeApp()
    await ready(app)
    for (const event of ['will-navigate', 'will-redirect']) {
      expect(await app.ask('navigate', event, 'app://bundle/qr-links')).toBe(true)
      for (const url of hostile)
        expect([event, url, await app.ask('navigate', event, url)]).toEqual([event, url, false])
    }
    expect(await app.ask('navigate', 'will-frame-navigate', 'app://bundle/qr-links', false)).toBe(false)
    expect(await app.ask('attachWebview')).toBe(false)
  })

  it('open a window, or hand the browser anything but https that the person agreed to', async () => {
    await using app = await startFakeApp({ env: { FAKE_DIALOG_ANSWER: '0' } })
    await ready(app)
    for (const url of [...hostile, 'https://user:secret@example.org/']) {
      expect(await app.ask('openWindow', url)).toEqual({ action: 'deny' })
    }
    await app.until(async () => (await app.calls('shell.openExternal')).length === 2)
    const opened = (await app.calls('shell.openExternal')).map(([url]) => String(url))
    expect(opened.toSorted()).toEqual(['http://127.0.0.1:8080/', 'https://example.org/'])
    const asked = await app.calls('dialog.showMessageBox')
    expect(asked).toMatchObject([[{ message: 'Open example.org in your browser?' }]])
  })

  it('open the browser when the person says no', async () => {
    await using app = await startFakeApp({ env: { FAKE_DIALOG_ANSWER: '1' } })
    await ready(app)
    expect(await app.ask('invoke', 'open-external', ['https://example.org/'])).toBe(false)
    expect(await app.calls('shell.openExternal')).toEqual([])
  })

  it('have permissions beyond copying and notices, and another origin has none', async () => {
    await using app = await startFakeApp()
    const names = [
      'clipboard-sanitized-write',
      'notifications',
      'media',
      'geolocation',
      'clipboard-read',
      'usb',
      'openExternal',
    ]
    const requested = await Promise.all(
      names.map((name) => app.ask('mayRequest', name, 'app://bundle/qr-links')),
    )
    expect(requested).toEqual([true, true, false, false, false, false, false])
    expect(await app.ask('mayRequest', 'notifications', 'https://example.org/')).toBe(false)
    expect(await app.ask('mayRequest', 'notifications', 'app://bundle/', false)).toBe(false)
    const checked = await Promise.all(names.map((name) => app.ask('mayCheck', name, 'app://bundle/')))
    expect(checked).toEqual(requested)
    expect(await app.ask('mayCheck', 'notifications', 'https://example.org')).toBe(false)
  })

  it('may use the camera, and never the microphone', async () => {
    await using app = await startFakeApp()
    const page = 'app://bundle/field'
    const request = (...types: string[]) => app.ask('mayRequest', 'media', page, true, types)
    expect(await request('video')).toBe(true)
    expect(await request('audio')).toBe(false)
    expect(await request('video', 'audio')).toBe(false)
    expect(await app.ask('mayRequest', 'media', 'https://example.org/', true, ['video'])).toBe(false)
    expect(await app.ask('mayCheck', 'media', 'app://bundle/', 'video')).toBe(true)
    expect(await app.ask('mayCheck', 'media', 'app://bundle/', 'audio')).toBe(false)
    expect(await app.ask('mayCheck', 'media', 'https://example.org', 'video')).toBe(false)
  })

  it('save files that come from elsewhere', async () => {
    await using app = await startFakeApp()
    expect(await app.ask('mayDownload', 'blob:app://bundle/0190b5d4')).toBe(true)
    expect(await app.ask('mayDownload', 'app://bundle/api/qr-links.csv')).toBe(true)
    for (const url of ['https://example.org/x.exe', 'blob:https://example.org/1', 'data:text/csv,x']) {
      expect(await app.ask('mayDownload', url)).toBe(false)
    }
  })
})

describe.skipIf(!isBuilt)('the gate of the bridge (needs `npm run build`)', () => {
  const refusal = 'This page may not call the app.'

  it('answers the top frame of the window, and no other sender', async () => {
    await using app = await startFakeApp()
    await ready(app)
    const call = (frame: object | null, otherSender = false) =>
      app.ask('invoke', 'get-versions', [], frame, otherSender)
    expect(await call({})).toMatchObject({ app: '0.0.0-test', platform: process.platform })
    await expect(call(null)).rejects.toThrow(refusal)
    await expect(call({ parent: {} })).rejects.toThrow(refusal)
    await expect(call({ origin: 'https://example.org' })).rejects.toThrow(refusal)
    await expect(call({ origin: 'null' })).rejects.toThrow(refusal)
    await expect(call({ url: 'app://bundle.example.org/' })).rejects.toThrow(refusal)
    await expect(call({}, true)).rejects.toThrow(refusal)
  })

  it('refuses arguments that do not fit', async () => {
    await using app = await startFakeApp()
    await ready(app)
    const wrong: [string, unknown[]][] = [
      ['get-versions', [1]],
      ['open-external', []],
      ['open-external', [{ href: 'https://example.org' }]],
      ['open-external', ['x'.repeat(3000)]],
      ['notify', ['hello']],
      ['notify', [{ title: '', body: '' }]],
      ['notify', [{ title: 'a', body: 'b', icon: 'file:///etc/passwd' }]],
      ['set-keep-awake', ['yes']],
      ['take-commands', [null]],
    ]
    for (const [channel, args] of wrong) {
      await expect(app.ask('invoke', channel, args)).rejects.toThrow(`The call of ${channel} is malformed.`)
    }
    expect(await app.calls('Notification')).toEqual([])
  })

  it('does what is asked when it fits', async () => {
    await using app = await startFakeApp()
    await ready(app)
    await app.ask('invoke', 'notify', [{ title: 'Import done', body: '3 rows' }])
    for (const on of [true, true, false, false]) await app.ask('invoke', 'set-keep-awake', [on])
    expect(await app.calls('Notification')).toEqual([[{ title: 'Import done', body: '3 rows' }]])
    expect(await app.calls('powerSaveBlocker.start')).toEqual([['prevent-display-sleep']])
    expect(await app.calls('powerSaveBlocker.stop')).toEqual([[7]])
    expect(await app.ask('invoke', 'get-server-state', [])).toEqual({ state: 'ready' })
    await expect(app.ask('invoke', 'open-external', ['file:///etc/passwd'])).rejects.toThrow('Only https')
  })

  it('keeps the place of the window when it closes', async () => {
    await using app = await startFakeApp()
    await ready(app)
    await app.ask('contentsEvent', 'close')
    const kept = JSON.parse(readFileSync(join(app.folder, 'QRScan/window/window.json'), 'utf8')) as unknown
    expect(kept).toEqual({ bounds: { x: 10, y: 20, width: 900, height: 700 }, maximized: false })
  })
})
