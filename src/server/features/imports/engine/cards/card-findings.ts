import type { CellFinding } from '../check-row.ts'
import type { Severity } from '../finding-codes.ts'

/** Every finding a row of cards can carry. `fixable`: it comes with a suggestion that can be taken for all rows at once. */
export const cardFindings = {
  kind_invalid: { severity: 'error', fixable: false },
  title_missing: { severity: 'error', fixable: false },
  starts_at_missing: { severity: 'error', fixable: false },
  text_too_long: { severity: 'error', fixable: true },
  phone_invalid: { severity: 'error', fixable: false },
  mail_invalid: { severity: 'error', fixable: true },
  website_invalid: { severity: 'error', fixable: true },
  date_invalid: { severity: 'error', fixable: false },
  date_ambiguous: { severity: 'error', fixable: true },
  ends_before_start: { severity: 'error', fixable: false },
  zone_missing: { severity: 'warning', fixable: false },
  zone_invalid: { severity: 'error', fixable: false },
  boolean_invalid: { severity: 'error', fixable: false },
  reminder_invalid: { severity: 'error', fixable: false },
  code_too_long: { severity: 'error', fixable: false },
  locale_invalid: { severity: 'error', fixable: true },
  colour_invalid: { severity: 'error', fixable: true },
  card_duplicate: { severity: 'error', fixable: false },
  card_exists: { severity: 'warning', fixable: false },
  too_many_cells: { severity: 'error', fixable: false },
  too_few_cells: { severity: 'warning', fixable: false },
  unclosed_quote: { severity: 'error', fixable: false },
  row_too_long: { severity: 'error', fixable: false },
} as const satisfies Record<string, { severity: Severity; fixable: boolean }>

export type CardFindingCode = keyof typeof cardFindings

export type CardFinding = CellFinding<CardFindingCode>
