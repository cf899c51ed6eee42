import { afterEach, describe, expect, it, vi } from 'vitest'
import { showMe } from '#contract/session.ts'
import { openApi } from '#renderer/app/session.ts'
import { startTestServer } from '#test/support/server.ts'

/** As much of a window as signing in touches. */
function fakeWindow(url: string, kept = new Map<string, string>()) {
  const location = new URL(url)
  const shown: string[] = []
  const page = {
    location: {
      protocol: location.protocol,
      hash: location.hash,
      pathname: location.pathname,
      search: location.search,
    },
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, next: string) => shown.push(next),
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  }
  return { page: page as unknown as Window, shown, kept }
}

/** Sends what the page asks of its own origin to a server. */
function sendTo(origin: string): void {
  const send = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => send(new URL(path, origin), init))
}

describe('opening the page', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('from a launch link signs it in and takes the code out of the address', async () => {
    await using app = await startTestServer()
    sendTo(app.server.url)
    const { page, shown, kept } = fakeWindow(app.server.makeLaunchLink())
    const opened = await openApi(page)
    if (opened.state !== 'open') throw new Error(`The page did not open: ${opened.state}`)
    expect(shown).toEqual(['/'])
    expect((await opened.api.call(showMe)).me.signed_in_with).toBe('window')
    expect(opened.api.token()).toBe([...kept.values()][0])
  })

  it('again with a used code goes on with the session of the tab, and without one says so', async () => {
    await using app = await startTestServer()
    sendTo(app.server.url)
    const link = app.server.makeLaunchLink()
    const { page, kept } = fakeWindow(link)
    await openApi(page)
    expect((await openApi(fakeWindow(link, kept).page)).state).toBe('open')
    expect(await openApi(fakeWindow(link).page)).toMatchObject({ state: 'failed', error: { status: 403 } })
  })

  it('by hand, without any code, is not signed in', async () => {
    expect(await openApi(fakeWindow('http://127.0.0.1:4711/qr-links').page)).toEqual({ state: 'no-link' })
  })

  it('in the desktop window holds no token at all', async () => {
    const { page, kept } = fakeWindow('app://bundle/qr-links#t=code')
    const opened = await openApi(page)
    expect(opened.state === 'open' && opened.api.token()).toBeUndefined()
    expect(kept.size).toBe(0)
  })
})
