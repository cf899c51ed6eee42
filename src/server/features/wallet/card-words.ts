import { cardLanguages } from '#contract/card-rules.ts'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { cardWordsTable } from './card-words-table.ts'

type Language = (typeof cardLanguages)[number]
export type CardWords = (typeof cardWordsTable)['en']

/** The language whose words a card of this locale (a BCP 47 tag) wears: its own, or English. */
export function languageOf(locale: string): Language {
  const [language = ''] = locale.toLowerCase().split('-')
  return cardLanguages.find((known) => known === language) ?? 'en'
}

export function cardWords(locale: string): CardWords {
  return cardWordsTable[languageOf(locale)]
}

/** `Phone (work)`; of `other` nothing more is known. */
export function titled(words: CardWords, what: 'phone' | 'email', label: string | undefined): string {
  const kinds: readonly string[] = ['work', 'home', 'mobile', 'main', 'fax']
  if (label === undefined || !kinds.includes(label)) return words[what]
  return `${words[what]} (${words[label as keyof CardWords]})`
}

/** The direction of a language's script. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur|ps|yi|ckb|sd|ug|dv)\b|-(arab|hebr)\b/i.test(locale) ? 'rtl' : 'ltr'
}

/** What a translation may stand for; a time zone or an address of the network is the same in every language. */
const translated =
  /^(title|subtitle|contact\.(?!website$)\w+|event\.(location|organizer|description)|(contact|event)\.address\.\w+)$/

/** The card as it is in one of its other languages: what is not translated stays as it is. */
export function cardIn(card: WalletPass, language: string): WalletPass {
  const copy = structuredClone(card)
  copy.locale = language
  for (const [path, text] of Object.entries(card.translations[language] ?? {})) {
    if (text === '' || !translated.test(path)) continue
    const parts = path.split('.')
    const last = parts.pop()!
    let place: unknown = copy
    for (const part of parts) place = (place as Record<string, unknown> | null | undefined)?.[part]
    const fields = place as Record<string, unknown> | null | undefined
    // Only what the card says at all can be said otherwise.
    if (fields && typeof fields[last] === 'string' && fields[last] !== '') fields[last] = text
  }
  return copy
}
