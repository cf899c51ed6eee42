import { createClient } from '#contract/client.ts'
import { openSession } from '#contract/session.ts'
import type { Api } from '../lib/api.tsx'

const storageKey = 'qrscan.session'

export type Opened =
  | { state: 'open'; api: Api }
  /** There is neither a code nor a session: the page was opened by hand. */
  | { state: 'no-link' }
  | { state: 'failed'; error: unknown }

/**
 * Finds out how this page may talk to the server. In the desktop window it just may: the main process signs every
 * call. In a browser the one-time code of the launch link is swapped for a session, which lives as long as the tab.
 */
export async function openApi(page: Window): Promise<Opened> {
  if (page.location.protocol === 'app:') return { state: 'open', api: apiWith(() => undefined) }
  const code = takeLaunchCode(page)
  if (code !== undefined) {
    try {
      const { session } = await createClient({ baseUrl: '' }).call(openSession, {
        body: { launch_code: code },
      })
      page.sessionStorage.setItem(storageKey, session.token)
    } catch (error) {
      // Reloading a tab repeats a used code, while the session it gave may still be good.
      if (page.sessionStorage.getItem(storageKey) === null) return { state: 'failed', error }
    }
  }
  if (page.sessionStorage.getItem(storageKey) === null) return { state: 'no-link' }
  return { state: 'open', api: apiWith(() => page.sessionStorage.getItem(storageKey) ?? undefined) }
}

function apiWith(token: () => string | undefined): Api {
  return { ...createClient({ baseUrl: '', token }), baseUrl: '', token }
}

/** Reads the code and takes it out of the address before anything else can see or keep it. */
function takeLaunchCode(page: Window): string | undefined {
  const code = new URLSearchParams(page.location.hash.slice(1)).get('t')
  if (code === null) return undefined
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search)
  return code
}
