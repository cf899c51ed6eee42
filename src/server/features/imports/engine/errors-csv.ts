import { closeSync, openSync } from 'node:fs'
import type { Pace } from './cancel.ts'
import { writeAll } from './encoding.ts'
import { guardCell } from './guard-cell.ts'
import type { Session } from './session.ts'

/**
 * Writes the rows with errors as CSV: their cells with edits, then `_row` and `_errors`. It can be mended in
 * any spreadsheet and imported again: the two columns are then left out and the guards taken off. Returns the
 * rows.
 */
export async function writeErrorsCsv(session: Session, path: string, pace: Pace): Promise<number> {
  const { columns, delimiter, header_row: headerRow } = session.sheet
  const kept = columns.filter(({ name }) => name !== '_row' && name !== '_errors')
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}\r\n`
  const names = kept.map(({ name, field }) => (headerRow === 0 && field !== null ? field : name))
  const file = openSync(path, 'w', 0o600)
  try {
    let text = `\ufeff${line([...names, '_row', '_errors'])}`
    const rows = session.listOf('errors', null) ?? []
    for (let k = 0; k < rows.length; k++) {
      const row = session.rowOf(rows[k]!, 64 << 10)
      const reasons = row.findings
        .filter(({ severity }) => severity === 'error')
        .map(({ column, message }) => (column === null ? message : `${column}: ${message}`))
      // Cells of an error list that is imported again carry their guard already.
      const safe = session.sheet.guarded ? (cell: string) => cell : guardCell
      const cells = kept.map(({ index: column }) => safe(row.cells[column] ?? ''))
      text += line([...cells, String(row.row), guardCell(reasons.join(' | '))])
      if (k % 500 !== 499) continue
      writeAll(file, Buffer.from(text))
      text = ''
      await pace.breathe()
    }
    writeAll(file, Buffer.from(text))
    return rows.length
  } finally {
    closeSync(file)
  }
}

function quote(cell: string, delimiter: string): string {
  const plain = !/["\r\n]/.test(cell) && !cell.includes(delimiter) && cell.trim() === cell
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`
}
