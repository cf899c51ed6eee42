import { nonDigit, type Flaw } from './flaw.ts'
import { checkDigitOf } from './linters-numbers.ts'

/** A GTIN of 8, 12, 13 or 14 digits as 14, where its check digit is right. */
export function normaliseGtin(text: string): string | undefined {
  return gtinFlaw(text) === undefined ? text.padStart(14, '0') : undefined
}

/** What keeps digits from being a GTIN. */
export function gtinFlaw(text: string): Flaw | undefined {
  const wrong = nonDigit(text)
  if (wrong) return wrong
  if (![8, 12, 13, 14].includes(text.length)) return { code: 'gtin_length', at: 0, length: text.length }
  const last = text.length - 1
  if (checkDigitOf(text.slice(0, last)) === text.charCodeAt(last) - 48) return undefined
  return { code: 'check_digit', at: last, length: 1 }
}

/**
 * UPC-E, of six, seven (with its number system) or eight digits (with its check digit too), as the twelve of UPC-A;
 * undefined where it is none.
 */
export function expandUpcE(text: string): string | undefined {
  if (!/^(\d{6}|[01]\d{6,7})$/.test(text)) return undefined
  const [system, body] = text.length === 6 ? ['0', text] : [text.slice(0, 1), text.slice(1, 7)]
  const digits = `${system}${expandBody(body)}`
  const whole = `${digits}${checkDigitOf(digits)}`
  return text.length === 8 && text.at(-1) !== whole.at(-1) ? undefined : whole
}

/** The last digit says how many zeros were left out, and where. */
function expandBody(body: string): string {
  const last = body[5]!
  if (last <= '2') return `${body.slice(0, 2)}${last}0000${body.slice(2, 5)}`
  if (last === '3') return `${body.slice(0, 3)}00000${body.slice(3, 5)}`
  if (last === '4') return `${body.slice(0, 4)}00000${body[4]}`
  return `${body.slice(0, 5)}0000${last}`
}
