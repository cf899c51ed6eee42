import type { ImportColumn, ImportFinding, ImportRow } from '#contract/imports.ts'

/** The column that a finding is about: by its name in the file, else by the field it feeds; -1 for the whole row. */
export function columnOfFinding(finding: ImportFinding, columns: readonly ImportColumn[]): number {
  const byName = columns.findIndex(({ name, field }) => name === finding.column && field !== null)
  if (byName >= 0) return byName
  return columns.findIndex(
    ({ name, field }) => finding.column !== null && (field === finding.column || name === finding.column),
  )
}

/** The findings of one cell. Those about the row as a whole stand in its first cell. */
export function findingsOfCell(
  row: ImportRow,
  column: number,
  columns: readonly ImportColumn[],
): ImportFinding[] {
  return row.findings.filter((finding) => Math.max(columnOfFinding(finding, columns), 0) === column)
}

export type CellMark = 'error' | 'warning' | undefined

/** The worst of some findings. */
export function worstOf(findings: readonly ImportFinding[]): CellMark {
  if (findings.some(({ severity }) => severity === 'error')) return 'error'
  return findings.length > 0 ? 'warning' : undefined
}
