import type { WalletPass } from '#contract/wallet-passes.ts'
import { cardWords, languageOf, titled, type CardWords } from './card-words.ts'
import { cleanText } from './content-lines.ts'
import { wordsOf } from './pkpass-json.ts'

/**
 * `<language>.lproj/pass.strings` for every language that the card has words in. A telephone looks each text of
 * pass.json up there; a text that is not in it stays as it is.
 */
export function passStrings(card: WalletPass): Record<string, Buffer> {
  const words = wordsOf(card)
  const files: Record<string, Buffer> = {}
  for (const [language, translated] of Object.entries(card.translations)) {
    const lines = new Map<string, string>()
    for (const [field, text] of Object.entries(translated)) {
      const own = words[field]
      if (own && text && !lines.has(own)) lines.set(own, cleanText(text))
    }
    if (lines.size === 0) continue
    for (const [own, text] of labelLines(card, language)) if (!lines.has(own)) lines.set(own, text)
    const body = [...lines].map(([own, text]) => `${quoted(own)} = ${quoted(text)};\n`).join('')
    files[`${language}.lproj/pass.strings`] = Buffer.from(body)
  }
  return files
}

const labels: Record<WalletPass['kind'], readonly (keyof CardWords)[]> = {
  contact: ['department', 'phone', 'email', 'website', 'address', 'note'],
  event: ['starts', 'ends', 'place', 'organizer', 'description', 'email', 'website', 'address'],
}

/** What the card's fields are called in its own language and in another; nothing for one that has no words here. */
function labelLines(card: WalletPass, language: string): [own: string, text: string][] {
  if (languageOf(language) !== language.toLowerCase().split('-', 1)[0]) return []
  const named = (locale: string): string[] => {
    const words = cardWords(locale)
    const kinds = (what: 'phone' | 'email'): string[] =>
      (card.contact?.[`${what}s`] ?? []).map(({ label }) => titled(words, what, label))
    return [...labels[card.kind].map((name) => words[name]), ...kinds('phone'), ...kinds('email')]
  }
  const others = named(language)
  return named(card.locale).flatMap((own, at) => (own === others[at] ? [] : [[own, others[at]!]]))
}

/** A text of a .strings file: quotes, backslashes and line breaks would end it early. */
function quoted(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `"${escaped}"`
}
