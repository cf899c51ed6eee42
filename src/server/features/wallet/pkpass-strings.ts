import type { WalletPass } from '#contract/wallet-passes.ts'
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
    const body = [...lines].map(([own, text]) => `${quoted(own)} = ${quoted(text)};\n`).join('')
    files[`${language}.lproj/pass.strings`] = Buffer.from(body)
  }
  return files
}

/** A text of a .strings file: quotes, backslashes and line breaks would end it early. */
function quoted(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `"${escaped}"`
}
