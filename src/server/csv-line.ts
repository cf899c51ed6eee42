/**
 * One line of a CSV file as RFC 4180 writes it. A cell that a spreadsheet would run as a formula gets an apostrophe
 * in front (OWASP ASVS 5.0, 1.2.10).
 */
export function safeCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoteCell(guardFormula(cell))).join(',')}\r\n`
}

/** Puts an apostrophe before what starts like a formula. */
function guardFormula(cell: string): string {
  return /^[=+\-@\t\r\n\0]/.test(cell) ? `'${cell}` : cell
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
}
