import { GS, type KeyToken } from './key-tokens.ts'

/** What a keyboard scanner does to a code, as found out with the test code. */
export interface ScannerProfile {
  /** What arrives where GS stands: text, the name of a key, or nothing at all. */
  separator: { text: string } | { key: string } | 'lost'
  /** Whether it says which kind of code it read (`]d2`). */
  symbology: 'sent' | 'missing'
  /** What comes before each code, other than the kind of code and GS. */
  prefix: string
  end: 'Enter' | 'Tab' | 'pause'
  /** Capital and small letters are exchanged: Caps Lock is on. */
  swapsCase: boolean
}

/** Spellings of GS that mean nothing else, whatever the scanner. */
const spellings = ['<GS>', '{GS}', '[GS]', '\u241D']

/** What a run of tokens says, with GS as 0x1D. Without a profile the common spellings of GS are known. */
export function readTokens(tokens: readonly KeyToken[], profile?: ScannerProfile): string {
  const key = keyOf(profile)
  const typed = tokens.map((token) => ('char' in token ? token.char : token.key === key ? GS : '')).join('')
  const text = profile?.swapsCase === true ? swapCase(typed) : typed
  const bare = profile && text.startsWith(profile.prefix) ? text.slice(profile.prefix.length) : text
  const own = textOf(profile)
  const all = own === undefined ? spellings : [own, ...spellings]
  return all.reduce((said, spelling) => said.replaceAll(spelling, GS), bare)
}

function keyOf(profile: ScannerProfile | undefined): string | undefined {
  const separator = profile?.separator
  return typeof separator === 'object' && 'key' in separator ? separator.key : undefined
}

function textOf(profile: ScannerProfile | undefined): string | undefined {
  const separator = profile?.separator
  return typeof separator === 'object' && 'text' in separator && separator.text !== GS
    ? separator.text
    : undefined
}

/** The test code in two parts, with GS between them. Letters of both cases, a sign, and what layouts exchange. */
export const testCode = { before: '010950600013435210aZ-9_y', after: '217/Q' }

/** The test code is not in what was typed: another code, or another keyboard layout. */
export type Unlearned = 'other_code' | 'layout'

/** What the scanner does, from what it typed when it read the test code. */
export function learnProfile(tokens: readonly KeyToken[]): ScannerProfile | Unlearned {
  const end = endOf(tokens)
  const typed = end === 'pause' ? tokens : tokens.slice(0, -1)
  // Keys that are no characters stand as one private character each, so that places can be counted.
  const keys: string[] = []
  const text = typed.map((token) => ('char' in token ? token.char : mark(keys, token.key))).join('')
  for (const swapsCase of [false, true]) {
    const found = placesOf(swapsCase ? swapCase(text) : text)
    if (!found) continue
    const { front, between } = found
    const key = keys[front.split(keyMark).length - 1]
    const separator = separatorOf(between, key)
    return { separator, end, swapsCase, ...frontOf(front, between) }
  }
  return isGarbled(text) ? 'layout' : 'other_code'
}

/** The test code's digits without its signs, or as many characters with hardly a digit, as on a French keyboard. */
function isGarbled(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '')
  const length = testCode.before.length + testCode.after.length
  const isAsLong = Math.abs(text.length - length) <= 8
  return digits.includes(testCode.before.slice(0, 16)) || (isAsLong && digits.length < length / 3)
}

const keyMark = '\uE000'

function mark(keys: string[], key: string): string {
  keys.push(key)
  return keyMark
}

function placesOf(text: string): { front: string; between: string } | undefined {
  const from = text.indexOf(testCode.before)
  const to = text.lastIndexOf(testCode.after)
  const start = from + testCode.before.length
  if (from < 0 || to < start) return undefined
  return { front: text.slice(0, from), between: text.slice(start, to) }
}

function separatorOf(between: string, key: string | undefined): ScannerProfile['separator'] {
  if (between === '') return 'lost'
  return between.includes(keyMark) && key !== undefined ? { key } : { text: between }
}

/** A kind of code (`]d2`), a prefix of the shop's own, and FNC1 of the front, which some scanners send as GS. */
function frontOf(front: string, separator: string): Pick<ScannerProfile, 'symbology' | 'prefix'> {
  const kind = /\][A-Za-z]\d/.exec(front)?.[0]
  const rest = front.replace(kind ?? '', '').replaceAll(keyMark, '')
  const prefix = separator === '' ? rest : rest.replaceAll(separator, '')
  return { symbology: kind === undefined ? 'missing' : 'sent', prefix: prefix.replaceAll(GS, '') }
}

function endOf(tokens: readonly KeyToken[]): ScannerProfile['end'] {
  const last = tokens.at(-1)
  if (!last || 'char' in last) return 'pause'
  return last.key === 'Enter' || last.key === 'Tab' ? last.key : 'pause'
}

function swapCase(text: string): string {
  return text.replaceAll(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
