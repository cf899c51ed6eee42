import { setupI18n, type I18n } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { guestEn, type GuestMessageId } from './messages.ts'

/** The guest page's own catalogue: it carries none of the app's sentences. Numbers follow `locales`. */
export function loadGuestMessages(locales: readonly string[]): I18n {
  const compiled = Object.entries(guestEn).map(([id, text]) => [id, compileMessageOrThrow(text)] as const)
  const i18n = setupI18n()
  i18n.load('en', Object.fromEntries(compiled))
  i18n.activate('en', [...locales])
  return i18n
}

export interface GuestText {
  t: (id: GuestMessageId, values?: Record<string, unknown>) => string
  /** `milk, eggs and nuts`. */
  list: (names: readonly string[]) => string
  /** `14:05` or `2:05 PM`. */
  time: (iso: string) => string
}

export function useGuestText(): GuestText {
  const { i18n } = useLingui()
  const locales = [i18n.locales ?? i18n.locale].flat()
  return {
    t: (id, values) => i18n._(id, values),
    // In the language of the sentence around it.
    list: (names) => new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(names),
    time: (iso) => new Intl.DateTimeFormat(locales, { timeStyle: 'short' }).format(new Date(iso)),
  }
}
