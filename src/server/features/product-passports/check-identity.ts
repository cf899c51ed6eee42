import type { FieldErrors } from '#contract/errors.ts'
import type { ValidateGs1 } from '#contract/gs1.ts'
import type { Granularity } from '#contract/product-passports.ts'

/** Which goods a passport speaks of: lot and serial are empty where it is not of one lot or item. */
export interface PassportIdentity {
  gtin: string
  granularity: Granularity
  lot: string
  serial: string
}

/** GS1's characters for lots and serial numbers (General Specifications, figure 7.11-1: set 82). */
const set82 = /^[!"%-?A-Z_a-z]{1,20}$/
const fieldOfAi: Readonly<Record<string, 'gtin' | 'lot' | 'serial'>> = {
  '01': 'gtin',
  '10': 'lot',
  '21': 'serial',
}

/** The identity with its GTIN as 14 digits. `errors` holds a sentence for each part that is missing or wrong. */
export function checkIdentity(
  validate: ValidateGs1,
  sent: PassportIdentity,
): { identity: PassportIdentity; errors: FieldErrors } {
  const identity = { ...sent, gtin: sent.gtin.padStart(14, '0') }
  const errors: FieldErrors = {}
  const say = (field: string, sentence: string): void => {
    if (!errors[field]) errors[field] = [sentence]
  }
  checkParts(identity, say)
  if (/^0+$/.test(identity.gtin)) say('gtin', 'A GTIN of zeros alone is nobody’s.')
  for (const { ai, message } of validate(bracketed(identity)).errors) {
    say(fieldOfAi[ai ?? ''] ?? 'gtin', message)
  }
  return { identity, errors }
}

function checkParts(
  { granularity, lot, serial }: PassportIdentity,
  say: (field: string, sentence: string) => void,
): void {
  if (granularity === 'model') {
    if (lot !== '') say('lot', 'A passport of a model has no lot. Choose the granularity “lot” or “item”.')
    if (serial !== '') say('serial', 'A passport of a model has no serial number. Choose “item”.')
  }
  if (granularity === 'lot') {
    if (lot === '') say('lot', 'A passport of a lot needs the lot’s number.')
    if (serial !== '') say('serial', 'A passport of a lot has no serial number. Choose “item”.')
  }
  if (granularity === 'item' && serial === '') say('serial', 'A passport of an item needs its serial number.')
  for (const [field, value] of Object.entries({ lot, serial })) {
    if (value !== '' && !set82.test(value)) {
      say(field, 'GS1 takes letters without accents, digits and !"%&\'()*+,-./:;<=>?_ here, at most 20.')
    }
  }
}

/** `(01)…(10)…(21)…`; brackets inside a value are escaped, or they would start an element. */
function bracketed({ gtin, lot, serial }: PassportIdentity): string {
  const part = (ai: string, value: string): string =>
    value === '' || !set82.test(value) ? '' : `(${ai})${value.replaceAll('(', '\\(')}`
  return `(01)${gtin}${part('10', lot)}${part('21', serial)}`
}
