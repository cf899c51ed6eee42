import { nonDigit, whole, type Check, type Flaw } from './flaw.ts'

/** GS1's modulo-10 check digit of digits that lack it. */
export function checkDigitOf(digits: string): number {
  let sum = 0
  for (let index = digits.length - 1, weight = 3; index >= 0; index--, weight = 4 - weight) {
    sum += (digits.charCodeAt(index) - 48) * weight
  }
  return (10 - (sum % 10)) % 10
}

function checkCheckDigit(value: string): Flaw | undefined {
  if (value === '') return whole('too_short_for_check_digit', value)
  const wrong = nonDigit(value)
  if (wrong) return wrong
  const last = value.length - 1
  if (checkDigitOf(value.slice(0, last)) === value.charCodeAt(last) - 48) return undefined
  return { code: 'check_digit', at: last, length: 1 }
}

/** The smallest company prefix that GS1 gives out. */
const leastPrefix = 4

function checkPrefix(value: string, from: number): Flaw | undefined {
  if (value.length - from < leastPrefix) return whole('too_short_for_company_prefix', value)
  for (let index = from; index < from + leastPrefix; index++) {
    const code = value.charCodeAt(index)
    if (code < 48 || code > 57) return { code: 'company_prefix', at: index, length: 1 }
  }
  return undefined
}

function checkPieces(value: string): Flaw | undefined {
  if (value.length % 2 !== 0) return whole('piece_of_total_length', value)
  const wrong = nonDigit(value)
  if (wrong) return wrong
  const half = value.length / 2
  const [piece, total] = [value.slice(0, half), value.slice(half)]
  if (/^0*$/.test(piece)) return { code: 'zero_piece', at: 0, length: half }
  if (/^0*$/.test(total)) return { code: 'zero_total', at: half, length: half }
  return piece > total ? whole('piece_exceeds_total', value) : undefined
}

function checkSequence(value: string): Flaw | undefined {
  const slash = value.indexOf('/')
  const [position, end] = [value.slice(0, slash), value.slice(slash + 1)]
  if (slash < 1 || end === '' || nonDigit(position) || nonDigit(end)) {
    return whole('position_malformed', value)
  }
  if (position.startsWith('0')) return { code: 'zero_prefix', at: 0, length: position.length }
  if (end.startsWith('0')) return { code: 'zero_prefix', at: slash + 1, length: end.length }
  const exceeds = position.length > end.length || (position.length === end.length && position > end)
  return exceeds ? whole('position_exceeds_end', value) : undefined
}

/** Ten digits of a degree with seven decimals, moved so that none is negative. */
function checkDegrees(value: string, name: string, most: string): Flaw | undefined {
  if (value.length !== 10) return whole(`${name}_length`, value)
  return nonDigit(value) ?? (value > most ? whole(name, value) : undefined)
}

function oneOf(letters: string, code: string): Check {
  return (value) => (value.length === 1 && letters.includes(value) ? undefined : whole(code, value))
}

export const numberChecks = {
  csum: checkCheckDigit,
  gcppos1: (value) => checkPrefix(value, 0),
  gcppos2: (value) => checkPrefix(value, 1),
  pieceoftotal: checkPieces,
  posinseqslash: checkSequence,
  latitude: (value) => checkDegrees(value, 'latitude', '1800000000'),
  longitude: (value) => checkDegrees(value, 'longitude', '3600000000'),
  zero: (value) => (/^0+$/.test(value) ? undefined : whole('not_zero', value)),
  nonzero: (value) => nonDigit(value) ?? (/^0*$/.test(value) ? whole('zero', value) : undefined),
  nozeroprefix: (value) => {
    const wrong = nonDigit(value)
    if (wrong) return wrong
    return value.length > 1 && value.startsWith('0') ? { code: 'zero_prefix', at: 0, length: 1 } : undefined
  },
  yesno: oneOf('01', 'not_zero_or_one'),
  winding: oneOf('019', 'winding'),
  iso5218: oneOf('0129', 'biological_sex'),
} satisfies Record<string, Check>
