import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import '../app/base.css'
import { loadGuestMessages } from './guest-text.ts'
import { makeGuestApi } from './guest-api.ts'
import { GuestPage } from './guest-page.tsx'
import { makeKeep } from './kept.ts'
import { makePatience } from './patience.ts'
import { followSystemTheme } from './system-theme.ts'

followSystemTheme()
const code = codeOf(location.pathname)
const root = document.getElementById('root')
if (root) {
  const parts = {
    code,
    api: makeGuestApi((...request) => fetch(...request)),
    keep: makeKeep(storage(), code ?? ''),
    patience: makePatience(),
  }
  createRoot(root).render(
    <I18nProvider i18n={loadGuestMessages(navigator.languages)}>
      <GuestPage parts={parts} />
    </I18nProvider>,
  )
}

/** `/t/{code}` is a table; without one the restaurant's own menu. */
function codeOf(path: string): string | null {
  const [, code] = /^\/t\/([^/]+)\/?$/.exec(path) ?? []
  try {
    return code === undefined ? null : decodeURIComponent(code)
  } catch {
    return code ?? null
  }
}

/** Reading `localStorage` itself throws where it is forbidden. */
function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return localStorage
  } catch {
    const kept = new Map<string, string>()
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
  }
}
