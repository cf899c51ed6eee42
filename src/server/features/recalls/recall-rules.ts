import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { ValidateGs1 } from '#contract/gs1.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import { rangeProblem } from './text-ranges.ts'

/**
 * Lines as they are kept: GTINs of 14 digits. Throws 422 naming the place for a GTIN with a wrong check digit, a range
 * that cannot be judged, a span of days that ends before it starts.
 */
export function checkedLines(validate: ValidateGs1, lines: readonly RecallLine[]): RecallLine[] {
  const errors: FieldErrors = {}
  const checked = lines.map((line, index) => {
    const at = `lines.${index}`
    const gtins = line.gtins.map((text, place) => {
      const { gtin, errors: flaws } = validate(text, { requisites: 'off' })
      if (gtin !== null && gtin === text.padStart(14, '0')) return gtin
      const why = flaws[0]?.message ?? 'It is no GTIN.'
      errors[`${at}.gtins.${place}`] = [`${text} is no valid GTIN. ${why}`]
      return text
    })
    judgeRanges(line, at, errors)
    return { ...line, gtins: [...new Set(gtins)] }
  })
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  return checked
}

function judgeRanges(line: RecallLine, at: string, errors: FieldErrors): void {
  for (const field of ['lot_ranges', 'serial_ranges'] as const) {
    for (const [place, range] of (line[field] ?? []).entries()) {
      const problem = rangeProblem(range)
      if (problem !== undefined) errors[`${at}.${field}.${place}`] = [problem]
    }
  }
  for (const [place, { ranges }] of (line.days ?? []).entries()) {
    for (const [index, { from, to }] of ranges.entries()) {
      const name = `${at}.days.${place}.ranges.${index}`
      if (from === null && to === null) errors[name] = ['A span of days needs a start or an end.']
      else if (from !== null && to !== null && from > to) {
        errors[name] = ['The end of a span of days must not be before its start.']
      }
    }
  }
}

/** `{ field: [sentence] }` as the contract answers it. */
export function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}
