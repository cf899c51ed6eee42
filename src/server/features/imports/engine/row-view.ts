import type { ImportFinding, ImportRow } from '#contract/imports.ts'
import type { CellFinding } from './check-row.ts'
import { bitOf } from './finding-codes.ts'
import type { ImportSession } from './import-session.ts'
import { IN_FILE, SAME, STORED, actionOf } from './row-table.ts'
import { NO_ROW } from './slug-claims.ts'

const LOOKALIKE_BIT = bitOf('slug_lookalike')

/** A row as the contract shows it. `ahead`: bytes of the file worth reading along. */
export function viewRow(session: ImportSession, row: number, ahead = 0): ImportRow {
  const { findings, cells } = session.judge(row, ahead)
  const { rows } = session.scan
  while (cells.length < session.sheet.columns.length) cells.push('')
  const edited = session.edits.has(row) ? [...session.edits.of(row).keys()].toSorted((a, b) => a - b) : []
  const all = [...finishMissing(session, row, findings), ...duplicatesOf(session, row)]
  return {
    row: row + 1,
    line: rows.lines[row]!,
    cells,
    edited,
    action: actionOf(rows.flags[row]!, session.mode),
    findings: all.map((finding) => onWire(session, row, finding)),
  }
}

function onWire(
  { sheet, scan }: ImportSession,
  row: number,
  { index, ...finding }: CellFinding,
): ImportFinding {
  const column = index < 0 ? null : (sheet.columns[index]?.name ?? null)
  return { row: row + 1, line: scan.rows.lines[row]!, column, ...finding }
}

function finishMissing(
  { scan }: ImportSession,
  row: number,
  findings: readonly CellFinding[],
): CellFinding[] {
  const entry = scan.rows.slugs[row]! - 1
  return findings.map((finding) => {
    if (finding.code !== 'slug_missing' || entry < 0) return finding
    const suggestion = scan.slugs.text(entry)
    const message = `This row has no slug. It will be saved as "${suggestion}" unless you type another.`
    return { ...finding, message, suggestion }
  })
}

/** Findings that other rows and stored links are the reason for. */
export function duplicatesOf(session: ImportSession, row: number): CellFinding[] {
  const { rows, slugs } = session.scan
  const flags = rows.flags[row]!
  const entry = rows.slugs[row]! - 1
  if (entry < 0) return []
  const slug = slugs.text(entry)
  const at = { index: session.options.fields.slug, value: slug }
  if ((flags & IN_FILE) !== 0) {
    const first = slugs.firstRow[entry]! + 1
    const message = `Row ${first} has the slug "${slug}" already. Give this row another one.`
    const suggestion = session.newFree().take(slug, 2)
    return [{ ...at, code: 'slug_duplicate', severity: 'error', message, suggestion, first_row: first }]
  }
  const findings: CellFinding[] = []
  const like = slugs.lookalikeOf(entry)
  const likeRow = like === -1 ? NO_ROW : slugs.firstRow[like]!
  if (rows.hasCode(row, LOOKALIKE_BIT) && likeRow !== NO_ROW) {
    const message = `"${slug}" is easily taken for "${slugs.text(like)}" in row ${likeRow + 1}.`
    findings.push({ ...at, code: 'slug_lookalike', severity: 'warning', message, first_row: likeRow + 1 })
  }
  if ((flags & (STORED | SAME)) === STORED)
    findings.push({ ...at, code: 'slug_exists', ...existsText(session, slug) })
  return findings
}

function existsText({ mode }: ImportSession, slug: string): Pick<CellFinding, 'severity' | 'message'> {
  const known = `A link with the slug "${slug}" is there already`
  if (mode === 'fail') return { severity: 'error', message: `${known}. Choose another slug.` }
  const then =
    mode === 'update' ? 'it will be updated with this row' : 'it stays as it is and this row is left out'
  return { severity: 'warning', message: `${known}: ${then}.` }
}
