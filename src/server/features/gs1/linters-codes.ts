import { countryLetters, countryNumbers, currencyNumbers, packageTypes } from './code-lists.ts'
import { whole, type Check, type Flaw } from './flaw.ts'

/** The 82 characters of a value, in the order that gives each its number in check-character pairs. */
export const cset82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const pairLetters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function primes(count: number): number[] {
  const found: number[] = []
  for (let next = 2; found.length < count; next++)
    if (found.every((prime) => next % prime !== 0)) found.push(next)
  return found
}

/** Weights from the right; they set how long a value with a pair may be. */
const weights = primes(97)

/** The pair of check characters that GS1's general specifications put behind a text, modulo 1021. */
function checkPairOf(text: string): string {
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    sum += cset82.indexOf(text[index]!) * weights[text.length - 1 - index]!
  }
  const pair = sum % 1021
  return pairLetters[pair >> 5]! + pairLetters[pair & 31]!
}

function checkPair(value: string): Flaw | undefined {
  if (value.length < 2) return whole('too_short_for_check_pair', value)
  if (value.length - 2 > weights.length) return whole('too_long_for_check_pair', value)
  const text = value.slice(0, -2)
  for (let index = 0; index < text.length; index++) {
    if (!cset82.includes(text[index]!)) return { code: 'cset_82', at: index, length: 1 }
  }
  if (checkPairOf(text) === value.slice(-2)) return undefined
  return { code: 'check_pair', at: text.length, length: 2 }
}

/** ISO 13616: the remainder of 97 after the first four characters have gone to the end, letters as 10 to 35. */
function checkIban(value: string): Flaw | undefined {
  if (value.length <= 10) return whole('iban_too_short', value)
  if (value.length > 34) return whole('iban_too_long', value)
  if (!countryLetters.has(value.slice(0, 2))) return { code: 'iban_country', at: 0, length: 2 }
  for (let index = 0; index < value.length; index++) {
    if (!/[A-Z0-9]/.test(value[index]!)) return { code: 'iban_character', at: index, length: 1 }
  }
  let rest = 0
  for (const letter of value.slice(4) + value.slice(0, 4)) {
    const digit = Number.parseInt(letter, 36)
    rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97
  }
  return rest === 1 ? undefined : { code: 'iban_check', at: 2, length: 2 }
}

function checkPercent(value: string): Flaw | undefined {
  for (let at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 3)) {
    if (!/^%[0-9A-Fa-f]{2}/.test(value.slice(at, at + 3))) {
      return { code: 'percent_sequence', at, length: Math.min(3, value.length - at) }
    }
  }
  return undefined
}

function checkImporter(value: string): Flaw | undefined {
  if (value.length !== 1) return whole('importer_index_length', value)
  return /^[-0-9A-Z_a-z]$/.test(value) ? undefined : whole('importer_index', value)
}

function isMedia(value: string): boolean {
  return /^(0[1-9]|10|[89]\d)$/.test(value)
}

function inList(list: { has(value: string): boolean }, code: string): Check {
  return (value) => (list.has(value) ? undefined : whole(code, value))
}

export const codeChecks = {
  csumalpha: checkPair,
  iban: checkIban,
  pcenc: checkPercent,
  importeridx: checkImporter,
  hyphen: (value) => (/^-+$/.test(value) ? undefined : whole('not_hyphen', value)),
  hasnondigit: (value) => (/[^0-9]/.test(value) ? undefined : whole('needs_non_digit', value)),
  iso3166: inList(countryNumbers, 'country_number'),
  iso3166999: (value) =>
    value === '999' || countryNumbers.has(value) ? undefined : whole('country_number_or_999', value),
  iso3166alpha2: inList(countryLetters, 'country_letters'),
  iso4217: inList(currencyNumbers, 'currency_number'),
  packagetype: inList(packageTypes, 'package_type'),
  mediatype: (value) => (isMedia(value) ? undefined : whole('media_type', value)),
} satisfies Record<string, Check>
