export type Severity = 'error' | 'warning'

/**
 * Every finding a row can carry. The place in the list is its bit in a row's masks: append, do not reorder.
 * `fixable`: findings of this code come with a suggestion that can be taken for all rows at once.
 */
export const findingCodes = [
  { code: 'slug_missing', severity: 'warning', fixable: false },
  { code: 'slug_is_link', severity: 'error', fixable: true },
  { code: 'slug_too_long', severity: 'error', fixable: true },
  { code: 'slug_not_ascii', severity: 'error', fixable: true },
  { code: 'slug_invalid', severity: 'error', fixable: true },
  { code: 'slug_normalized', severity: 'warning', fixable: true },
  { code: 'slug_reserved', severity: 'error', fixable: true },
  { code: 'slug_like_reserved', severity: 'warning', fixable: false },
  { code: 'slug_duplicate', severity: 'error', fixable: true },
  { code: 'slug_lookalike', severity: 'warning', fixable: false },
  { code: 'slug_exists', severity: 'warning', fixable: false },
  { code: 'destination_missing', severity: 'error', fixable: false },
  { code: 'destination_too_long', severity: 'error', fixable: false },
  { code: 'destination_invalid', severity: 'error', fixable: true },
  { code: 'destination_space', severity: 'error', fixable: true },
  { code: 'destination_not_https', severity: 'error', fixable: true },
  { code: 'destination_credentials', severity: 'error', fixable: true },
  { code: 'destination_not_public', severity: 'error', fixable: false },
  { code: 'destination_single_label', severity: 'error', fixable: false },
  { code: 'destination_local_name', severity: 'error', fixable: false },
  { code: 'destination_idn', severity: 'warning', fixable: false },
  { code: 'destination_mixed_script', severity: 'warning', fixable: false },
  { code: 'destination_port', severity: 'warning', fixable: false },
  { code: 'destination_own_domain', severity: 'warning', fixable: false },
  { code: 'text_too_long', severity: 'error', fixable: true },
  { code: 'tag_too_long', severity: 'error', fixable: true },
  { code: 'too_many_tags', severity: 'error', fixable: false },
  { code: 'boolean_invalid', severity: 'error', fixable: false },
  { code: 'date_invalid', severity: 'error', fixable: false },
  { code: 'date_ambiguous', severity: 'error', fixable: true },
  { code: 'expires_before_start', severity: 'error', fixable: false },
  { code: 'expires_in_past', severity: 'warning', fixable: false },
  { code: 'too_many_cells', severity: 'error', fixable: false },
  { code: 'too_few_cells', severity: 'warning', fixable: false },
  { code: 'unclosed_quote', severity: 'error', fixable: false },
  { code: 'row_too_long', severity: 'error', fixable: false },
] as const satisfies readonly { code: string; severity: Severity; fixable: boolean }[]

export type FindingCode = (typeof findingCodes)[number]['code']

const bits = new Map<string, number>(findingCodes.map(({ code }, bit) => [code, bit]))

/** Bit of a code, -1 for one that no row can carry. */
export function bitOf(code: string): number {
  return bits.get(code) ?? -1
}

export function severityOf(code: FindingCode): Severity {
  return findingCodes[bitOf(code)]!.severity
}
