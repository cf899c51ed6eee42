import { codePageTables } from './code-page-tables.ts'
import type { CodePage, CodePageName, PrinterProfile } from './profile.ts'

/**
 * The euro sign is printed through these alone: elsewhere a maker may have put it into a slot that was empty, or
 * may not have.
 */
const euroPages: readonly CodePageName[] = ['cp858', 'cp1252']

/** Byte of each character above ASCII. */
function bytesOf(name: CodePageName): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>()
  let byte = 0x80
  for (const character of codePageTables[name]) {
    // U+2000 and above include the euro sign; white space and the soft hyphen never get here (`cleanText`).
    const isEuro = character === '€' && !euroPages.includes(name)
    if (character !== '\uFFFD' && !isEuro) bytes.set(character.codePointAt(0)!, byte)
    byte++
  }
  return bytes
}

const encoders = Object.fromEntries(
  (Object.keys(codePageTables) as CodePageName[]).map((name) => [name, bytesOf(name)]),
) as Readonly<Record<CodePageName, ReadonlyMap<number, number>>>

/** Only what every printer has in the same place: ASCII from the space to the tilde. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0x7f
}

/** Whether every character is on the page; a control character is on none. */
export function canEncode(text: string, name: CodePageName): boolean {
  const bytes = encoders[name]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (!isPlain(code) && !bytes.has(code)) return false
  }
  return true
}

/** The text's bytes; what the page does not have becomes `?`, so ask `canEncode` first. */
export function encodeText(text: string, name: CodePageName): Buffer {
  const bytes = encoders[name]
  const out = Buffer.allocUnsafe(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    out[index] = isPlain(code) ? code : (bytes.get(code) ?? 0x3f)
  }
  return out
}

/** The printer's pages that have every character of a text, in the profile's order. */
export function pagesFor(text: string, profile: PrinterProfile): readonly CodePage[] {
  if (/^[ -~]*$/.test(text)) return profile.codePages
  return profile.codePages.filter(({ name }) => canEncode(text, name))
}
