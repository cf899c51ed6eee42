import { useLingui } from '@lingui/react'

/**
 * Every sentence of the page by its id; `app/messages/en.ts` adds them, so that a wrong id does not compile.
 * @public
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface Messages {}

export type MessageId = Extract<keyof Messages, string>

/** Gives the sentence of an id in the person's language; `values` fill its placeholders. */
export type Translate = (id: MessageId, values?: Record<string, unknown>) => string

export function useTranslate(): Translate {
  const { i18n } = useLingui()
  return (id, values) => i18n._(id, values)
}
