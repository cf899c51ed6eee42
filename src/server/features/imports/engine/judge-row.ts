import { type CellFinding, type CheckedRow, type CheckOptions, checkRow } from './check-row.ts'
import type { EditLog } from './edit-log.ts'
import { severityOf } from './finding-codes.ts'
import { unguardCell } from './guard-cell.ts'
import { TOO_LONG, UNCLOSED_QUOTE } from './scanner.ts'

export interface RowShape {
  /** As the scanner has it. */
  problem: number
  /** Cells of the row, and of the header. */
  count: number
  width: number
}

/** What can be wrong with a row whatever is in its cells. */
export type ShapeCode = 'unclosed_quote' | 'too_many_cells' | 'too_few_cells' | 'row_too_long'

/** The cells of a row with a person's edits laid over. */
export function withEdits(cells: string[], edits: EditLog, row: number): string[] {
  if (edits.isEmpty || !edits.has(row)) return cells
  for (const [column, value] of edits.of(row)) {
    while (cells.length <= column) cells.push('')
    cells[column] = value
  }
  return cells
}

/** Judges a row by itself, its shape included. */
export function judgeRow(
  cells: string[],
  shape: RowShape,
  options: CheckOptions,
  guarded: boolean,
): CheckedRow {
  if (shape.problem === TOO_LONG) return { values: emptyValues, findings: checkShape(cells, shape) }
  const bare = guarded ? cells.map(unguardCell) : cells
  const checked = checkRow(bare, options)
  const findings = [...checkShape(bare, shape), ...checked.findings]
  if (checked.values.slug === null && (bare[options.fields.slug] ?? '').trim() === '') {
    const finding = rowFinding('slug_missing', 'This row has no slug.')
    findings.push({ ...finding, index: options.fields.slug })
  }
  return { values: checked.values, findings }
}

/** Judges how a row is cut into cells. */
export function checkShape(
  cells: readonly string[],
  { problem, count, width }: RowShape,
): CellFinding<ShapeCode>[] {
  if (problem === TOO_LONG) {
    const message =
      'This line is longer than a megabyte and cannot be a row. A line break is probably missing.'
    return [rowFinding('row_too_long', message)]
  }
  const findings: CellFinding<ShapeCode>[] = []
  if (problem === UNCLOSED_QUOTE) {
    const message = 'A quote opens a cell here and never closes. Close it, or take it out.'
    findings.push(rowFinding('unclosed_quote', message))
  }
  if (count > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    const message = `This row has ${count} cells, the header ${width}. A cell with a delimiter in it probably lacks quotes.`
    findings.push(rowFinding('too_many_cells', message))
  }
  if (count < width) {
    const message = `This row has ${count} of ${width} cells; the missing ones count as empty.`
    findings.push(rowFinding('too_few_cells', message))
  }
  return findings
}

function rowFinding<C extends ShapeCode | 'slug_missing'>(code: C, message: string): CellFinding<C> {
  return { index: -1, code, severity: severityOf(code), message, value: null }
}

const emptyValues: CheckedRow['values'] = {
  slug: null,
  destination_url: null,
  title: null,
  campaign: null,
  tags: null,
  notes: null,
  is_active: null,
  starts_at: null,
  expires_at: null,
}
