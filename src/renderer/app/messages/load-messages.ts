import { setupI18n, type I18n } from '@lingui/core'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { en } from './en.ts'

/** The catalogue made ready; numbers and dates inside of sentences follow `locales`. */
export function loadMessages(locales: readonly string[]): I18n {
  const compiled = Object.entries(en).map(([id, text]) => [id, compileMessageOrThrow(text)] as const)
  const i18n = setupI18n()
  i18n.load('en', Object.fromEntries(compiled))
  i18n.activate('en', [...locales])
  return i18n
}
