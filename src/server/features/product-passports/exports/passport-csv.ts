import type { ProductPassport } from '#contract/product-passports.ts'
import { safeCsvLine } from '../../../csv-line.ts'
import { passportSheet } from './passport-sheet.ts'

/** A line for each thing that a passport says, with a byte order mark so that spreadsheets read it as UTF-8. */
export function passportCsv(passport: ProductPassport): string {
  const lines = passportSheet(passport, 'all').flatMap(({ title, rows }) =>
    rows.map(({ path, label, value, unit, access }) => [title, path, label, value, unit, access]),
  )
  const head = ['section', 'field', 'label', 'value', 'unit', 'access']
  return `\ufeff${[head, ...lines].map(safeCsvLine).join('')}`
}
