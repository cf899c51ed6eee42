import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { RecallAction, RecallActionKind, RecallReport } from '#contract/recall-actions.ts'
import type { FamiliesFor } from './pdf-fonts.ts'
import { contentWidth, PdfPages, type Column } from './pdf-pages.ts'
import type { TextStyle } from './pdf-text.ts'
import { actionDetails, personOf, zonedTime, utcTime } from './report-words.ts'
import type { Evidence } from './report.ts'

const plain: TextStyle = { size: 9 }
const bold: TextStyle = { size: 9, isBold: true }
const small: TextStyle = { size: 8 }
const faint: TextStyle = { size: 7.5, color: '#555555' }
const heading: TextStyle = { size: 13, isBold: true }
const right = (style: TextStyle): TextStyle => ({ ...style, align: 'right' })
const columnsOf = (widths: readonly number[], style: TextStyle): Column[] =>
  widths.map((width) => ({ width, style }))

const kindWords: Record<RecallActionKind, string> = {
  quarantined: 'Quarantined',
  returned: 'Returned',
  destroyed: 'Destroyed',
  corrected: 'Corrected or repaired',
  notified: 'Notified',
  not_found: 'Not found',
}

/** The evidence on paper: the balance first, then its proof, then every entry with all that it says. */
export async function reportPdf(evidence: Evidence, familiesFor: FamiliesFor): Promise<Buffer> {
  const { notice, report, at } = evidence
  const pages = new PdfPages(familiesFor)
  writeTitle(pages, evidence)
  writeBalance(pages, report)
  writePlaces(pages, report)
  writeProof(pages, evidence)
  writeSignatures(pages)
  await writeEntries(pages, evidence)
  return pages.finish(
    `Recall evidence report: ${notice.title}`,
    `Recall ${report.recall_id} · ${utcTime(at)} · record ends with ${report.chain.head.slice(0, 16)}…`,
  )
}

function writeTitle(pages: PdfPages, { recall, notice, report, at }: Evidence): void {
  if (report.is_mock)
    pages.add(...pages.banner('MOCK RECALL: an exercise. No goods are recalled.', '#5b3a8c'))
  pages.add(...pages.paragraph('Recall evidence report', { size: 10, color: '#555555' }))
  pages.add(...pages.paragraph(notice.title, { size: 18, isBold: true }), ...pages.space(4))
  const facts: [string, string | null | undefined][] = [
    ['Issuer', notice.issuer],
    ['Number', notice.number],
    ['Classification', notice.classification],
    ['Announced on', notice.announced_on],
    ['Reason', notice.reason],
    ['Status', `${recall.status}, revision ${recall.revision}`],
    ['In force since', recall.activated_at && utcTime(recall.activated_at)],
    ['Closed', recall.closed_at && `${utcTime(recall.closed_at)}: ${recall.closing_reason ?? ''}`],
    ['First action', report.first_action_at && utcTime(report.first_action_at)],
    ['Last action', report.last_action_at && utcTime(report.last_action_at)],
    ['This report', `made at ${utcTime(at)} from the record itself`],
    ['Recall id', recall.id],
  ]
  const columns = [
    { width: 92, style: { ...plain, color: '#555555' } },
    { width: contentWidth - 92, style: plain },
  ]
  for (const [name, value] of facts) if (value) pages.add(...pages.row([name, value], columns))
  pages.add(...pages.space(8))
}

function writeBalance(pages: PdfPages, report: RecallReport): void {
  const { affected, accounted_quantity, accounted, remarks } = report
  const third = contentWidth / 3
  const numbers = [
    affected === null ? 'not known' : format(affected),
    format(accounted_quantity),
    openOf(report),
  ]
  pages.add(
    ...pages.rule('#000000', 1),
    ...pages.row(['Affected', 'Accounted for', 'Outstanding'], columnsOf([third, third, third], faint)),
    ...pages.row(numbers, columnsOf([third, third, third], { size: 20, isBold: true })),
    ...pages.rule('#000000', 1),
  )
  for (const remark of remarks) pages.add(...pages.paragraph(remark, small))
  const widths = [200, 90, 70, 80, contentWidth - 440]
  const columns = widths.map((width, at) => ({ width, style: at === 2 || at === 3 ? right(plain) : plain }))
  const heads = columns.map(({ width, style }) => ({
    width,
    style: { ...style, size: 7.5, color: '#555555' },
  }))
  const head = ['What was done', 'Unit', 'Actions', 'Quantity', 'Accounted for']
  pages.add(...pages.space(6), ...pages.row(head, heads), ...pages.rule())
  for (const { action, unit, actions, quantity, counts } of accounted)
    pages.add(
      ...pages.row(
        [kindWords[action], unit, format(actions), format(quantity), counts ? 'yes' : 'no'],
        columns,
      ),
    )
  if (accounted.length === 0) pages.add(...pages.paragraph('Nothing is recorded yet.', plain))
  pages.add(
    ...pages.paragraph(
      `Corrections in the record: ${report.corrections}. What was corrected does not count.`,
      faint,
    ),
  )
}

/** Goods that may be counted twice may be outstanding. */
function openOf({ outstanding, possibly_twice }: RecallReport): string {
  if (outstanding === null) return 'not known'
  return possibly_twice === 0
    ? format(outstanding)
    : `${format(outstanding)} to ${format(outstanding + possibly_twice)}`
}

function writePlaces(pages: PdfPages, { places }: RecallReport): void {
  if (places.length === 0) return
  const widths = [contentWidth - 150, 70, 80]
  const columns = widths.map((width, at) => ({ width, style: at === 0 ? plain : right(plain) }))
  const heads = columns.map(({ width, style }) => ({
    width,
    style: { ...style, size: 7.5, color: '#555555' },
  }))
  pages.beginTable(
    ...pages.space(8),
    ...pages.row(['Place', 'Actions', 'Accounted for'], heads),
    ...pages.rule(),
  )
  for (const { place, actions, quantity } of places)
    pages.add(...pages.row([place, format(actions), format(quantity)], columns))
  pages.endTable()
}

function writeProof(pages: PdfPages, { report: { chain, photos } }: Evidence): void {
  const broken =
    chain.problem === null ? [] : pages.banner(`THE RECORD IS BROKEN: ${chain.problem}`, '#b00020')
  const state = chain.intact
    ? 'Checked anew for this report: every entry gives its hash and follows the one before.'
    : ''
  const lost = photos.missing + photos.altered
  const pictures =
    photos.count === 0
      ? 'Photos: none.'
      : `Photos: ${photos.count}` +
        (lost === 0 ? ', all as they were taken.' : `; ${photos.missing} missing, ${photos.altered} altered.`)
  const how = `Ask for the record itself (JSONL) and judge it without this software's server:
node verify-recall-record.mjs record.jsonl --head ${chain.head}
Keep this paper: whoever could write the whole record anew could not give it this hash.`
  pages.add(
    ...pages.space(10),
    ...pages.paragraph('Proof', heading),
    ...pages.space(2),
    ...broken,
    ...pages.paragraph(`${format(chain.entries)} entries. ${state}`, plain),
    ...pages.paragraph(pictures, lost === 0 ? plain : { ...bold, color: '#b00020' }),
    ...pages.paragraph(`SHA-256 of the last entry: ${chain.head}`, bold),
    ...pages.paragraph(how, small),
  )
}

function writeSignatures(pages: PdfPages): void {
  const half = contentWidth / 2
  const line = '_'.repeat(38)
  pages.add(
    ...pages.space(26),
    ...pages.row([line, line], columnsOf([half, half], faint)),
    ...pages.row(
      ['Prepared by: name, date, signature', 'Checked by: name, date, signature'],
      columnsOf([half, half], faint),
    ),
    ...pages.space(12),
  )
}

const entryWidths = [28, 116, 84, 66, 108, contentWidth - 402]

async function writeEntries(pages: PdfPages, { actions }: Evidence): Promise<void> {
  if (actions.length === 0) return
  const numbers = new Map(actions.map(({ id, recall_sequence }) => [id, recall_sequence]))
  pages.add(...pages.space(6), ...pages.paragraph('Record of actions', heading), ...pages.space(2))
  const head = ['No.', 'Done at', 'What', 'Quantity', 'Where', 'Who']
  pages.beginTable(...pages.row(head, columnsOf(entryWidths, faint)), ...pages.rule('#000000', 0.8))
  for (const [at, action] of actions.entries()) {
    writeEntry(pages, action, numbers)
    // A long record takes seconds: other requests are answered in between.
    if (at % 10 === 9) await letOthersIn()
  }
  pages.endTable()
}

function writeEntry(pages: PdfPages, action: RecallAction, numbers: ReadonlyMap<string, number>): void {
  const isCorrected = action.superseded_by_id !== null
  const style: TextStyle = isCorrected ? { ...small, color: '#777777', isStruck: true } : small
  const number = { width: entryWidths[0]!, style: { ...small, isBold: true } }
  const cells = [
    String(action.recall_sequence),
    zonedTime(action.done_at, action.utc_offset),
    kindWords[action.action],
    `${format(action.quantity)} ${action.unit}`,
    action.place ?? '',
    personOf(action),
  ]
  const columns = [number, ...columnsOf(entryWidths.slice(1), style)]
  const indent = entryWidths[0]!
  const detail = [{ width: contentWidth - indent, style: faint }]
  pages.add(
    ...pages.row(cells, columns),
    ...actionDetails(action, numbers).flatMap((line) => pages.row([line], detail, indent)),
    ...pages.rule('#dddddd'),
  )
}

function format(count: number): string {
  return count.toLocaleString('en')
}
