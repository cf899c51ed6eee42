import type { RecallLine } from '#contract/recall-lines.ts'

/** A line as it is typed: lists are one a line, ranges `A001 - A120`. */
export interface LineDraft {
  gtins: string
  lots: string
  lotPrefixes: string
  lotRanges: string
  serials: string
  excludedLots: string
  expiryFrom: string
  expiryTo: string
  /** What the form does not show and must not lose. */
  kept: Pick<RecallLine, 'serial_ranges' | 'excluded_serials' | 'original_text'> & {
    days: RecallLine['days']
  }
}

export const emptyLine: LineDraft = {
  gtins: '',
  lots: '',
  lotPrefixes: '',
  lotRanges: '',
  serials: '',
  excludedLots: '',
  expiryFrom: '',
  expiryTo: '',
  kept: { days: undefined },
}

/** A single span of expiry days is in the form; everything else of days is kept as it is. */
export function draftOfLine(line: RecallLine): LineDraft {
  const expiry = line.days?.find(({ kind }) => kind === 'expiry')
  const span = expiry?.ranges.length === 1 ? expiry.ranges[0] : undefined
  const others = line.days?.filter((condition) => condition !== expiry || span === undefined)
  return {
    gtins: line.gtins.join('\n'),
    lots: (line.lots ?? []).join('\n'),
    lotPrefixes: (line.lot_prefixes ?? []).join('\n'),
    lotRanges: (line.lot_ranges ?? []).map(({ from, to }) => `${from} – ${to}`).join('\n'),
    serials: (line.serials ?? []).join('\n'),
    excludedLots: (line.excluded_lots ?? []).join('\n'),
    expiryFrom: span?.from ?? '',
    expiryTo: span?.to ?? '',
    kept: {
      days: others,
      ...(line.serial_ranges && { serial_ranges: line.serial_ranges }),
      ...(line.excluded_serials && { excluded_serials: line.excluded_serials }),
      ...(line.original_text !== undefined && { original_text: line.original_text }),
    },
  }
}

export function lineOf(draft: LineDraft): RecallLine {
  const { days: others = [], ...kept } = draft.kept
  const [from, to] = [draft.expiryFrom || null, draft.expiryTo || null]
  const expiry = from === null && to === null ? [] : [{ kind: 'expiry' as const, ranges: [{ from, to }] }]
  const days = [...others, ...expiry]
  const lists = {
    lots: listOf(draft.lots),
    lot_prefixes: listOf(draft.lotPrefixes),
    lot_ranges: listOf(draft.lotRanges).map(rangeOf),
    serials: listOf(draft.serials),
    excluded_lots: listOf(draft.excludedLots),
    days,
  }
  const filled = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
  return { gtins: listOf(draft.gtins).map((text) => text.replaceAll(/[\s-]/g, '')), ...filled, ...kept }
}

/** Lines, commas and semicolons part a list. */
function listOf(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((part) => part.trim())
    .filter(Boolean)
}

/** `A001 - A120` with blanks around the hyphen, or `A001–A120`, `A001..A120`: a lot may hold hyphens itself. */
function rangeOf(text: string): { from: string; to: string } {
  const [from = '', to = from] = text.split(/\s+-\s+|\s*[–—]\s*|\s*\.{2,}\s*/, 2)
  return { from, to }
}
