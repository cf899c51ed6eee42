/** What a spreadsheet may run as a formula (OWASP ASVS 1.2.10), behind any number of our own guards. */
// oxlint-disable-next-line no-control-regex
const RISKY = /^'*[=+\-@\t\r\n\0]/
// oxlint-disable-next-line no-control-regex
const GUARDED = /^'+[=+\-@\t\r\n\0]/

/**
 * A cell made harmless for spreadsheets: a `'` in front of what they would run. `unguardCell` takes exactly
 * it off.
 */
export function guardCell(text: string): string {
  return RISKY.test(text) ? `'${text}` : text
}

export function unguardCell(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}
