import type { RecallLine } from '#contract/recall-lines.ts'
import type { DayKind, ScannedItem } from './scanned-item.ts'
import { isInRange } from './text-ranges.ts'

/** How a line of a recall meets an item. `out` is no match at all. */
export interface LineMatch {
  verdict: 'recalled' | 'possible' | 'out'
  /** Why, in sentences. */
  reasons: string[]
  /** What would settle it. */
  missing: string[]
}

/** How the item's GTIN stands to the line's. */
export type GtinMatch = 'same' | 'other_level' | 'restricted'

type Answer = 'yes' | 'no' | 'fuzzy' | 'missing'

const dayNames: Record<DayKind, string> = {
  expiry: 'expiry date',
  best_before: 'best-before date',
  production: 'production date',
  packaging: 'packaging date',
  sell_by: 'sell-by date',
}

/** All conditions of a line must hold. One that certainly does not ends it; one that is not known keeps it open. */
export function matchLine(line: RecallLine, item: ScannedItem, gtin: GtinMatch): LineMatch {
  const match: LineMatch = { verdict: 'recalled', reasons: [], missing: [] }
  judgeText(match, line, item, 'lot')
  judgeText(match, line, item, 'serial')
  for (const condition of line.days ?? []) judgeDays(match, condition, item)
  judgeExclusions(match, line, item)
  if (match.verdict === 'out') return { verdict: 'out', reasons: [], missing: [] }
  if (gtin !== 'same') {
    match.reasons.push(
      gtin === 'other_level'
        ? 'The recall names another packaging level of the same product.'
        : 'This number is given out within one company and can mean something else elsewhere.',
    )
    match.missing.push('confirm')
  }
  if (match.missing.length > 0) match.verdict = 'possible'
  if (match.reasons.length === 0) match.reasons.push('Every unit of this product is recalled.')
  return match
}

/** Upper case without spaces and hyphens: how people write the same lot differently. */
export function foldLot(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '')
}

function judgeText(match: LineMatch, line: RecallLine, item: ScannedItem, kind: 'lot' | 'serial'): void {
  const rules = {
    exact: (kind === 'lot' ? line.lots : line.serials) ?? [],
    prefixes: (kind === 'lot' ? line.lot_prefixes : []) ?? [],
    ranges: (kind === 'lot' ? line.lot_ranges : line.serial_ranges) ?? [],
  }
  if (rules.exact.length + rules.prefixes.length + rules.ranges.length === 0) return
  const value = item[kind]
  const name = kind === 'lot' ? 'Lot' : 'Serial number'
  const answer = value === null ? 'missing' : answerFor(value, rules)
  if (answer === 'no') match.verdict = 'out'
  else if (answer === 'yes') match.reasons.push(`${name} ${value} is listed.`)
  else if (answer === 'missing') {
    match.reasons.push(`The recall is by ${name.toLowerCase()}, and it is not known here.`)
    match.missing.push(kind)
  } else {
    match.reasons.push(`${name} ${value} is written differently from the one listed.`)
    match.missing.push('confirm')
  }
}

function answerFor(
  value: string,
  {
    exact,
    prefixes,
    ranges,
  }: {
    exact: readonly string[]
    prefixes: readonly string[]
    ranges: readonly { from: string; to: string }[]
  },
): Answer {
  if (exact.includes(value)) return 'yes'
  if (prefixes.some((prefix) => value.startsWith(prefix))) return 'yes'
  if (ranges.some((range) => isInRange(value, range))) return 'yes'
  const folded = foldLot(value)
  const isAlmost =
    exact.some((one) => foldLot(one) === folded) ||
    prefixes.some((prefix) => folded.startsWith(foldLot(prefix))) ||
    ranges.some(({ from, to }) => isInRange(folded, { from: foldLot(from), to: foldLot(to) }))
  return isAlmost ? 'fuzzy' : 'no'
}

function judgeDays(
  match: LineMatch,
  { kind, ranges }: NonNullable<RecallLine['days']>[number],
  item: ScannedItem,
): void {
  const day = item.days[kind]
  if (day === undefined) {
    match.reasons.push(`The recall goes by ${dayNames[kind]}, and it is not known here.`)
    match.missing.push(kind)
    return
  }
  const answers = ranges.map((range) => dayAnswer(day, range))
  if (answers.includes('yes')) match.reasons.push(`The ${dayNames[kind]} ${day} is listed.`)
  else if (answers.includes('fuzzy')) {
    match.reasons.push(`The pack names the month ${day} alone, of which only some days are listed.`)
    match.missing.push(kind)
  } else match.verdict = 'out'
}

/** A month is in a span that holds all its days, and perhaps in one that holds some. */
function dayAnswer(day: string, { from, to }: { from: string | null; to: string | null }): Answer {
  const [first, last] = day.length === 7 ? [`${day}-01`, `${day}-31`] : [day, day]
  const low = from ?? '0000'
  // A span that ends with the month's last day holds the month, whichever day that is.
  const high = to === null ? '9999' : day.length === 7 && to.startsWith(day) && isLastDay(to) ? last : to
  if (first >= low && last <= high) return 'yes'
  return last < low || first > high ? 'no' : 'fuzzy'
}

function isLastDay(day: string): boolean {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.getUTCDate() === 1
}

function judgeExclusions(match: LineMatch, line: RecallLine, item: ScannedItem): void {
  for (const [kind, out] of [
    ['lot', line.excluded_lots],
    ['serial', line.excluded_serials],
  ] as const) {
    if (!out || out.length === 0 || match.verdict === 'out') continue
    const value = item[kind]
    if (value === null) {
      if (match.missing.includes(kind)) continue
      match.reasons.push(
        `Some ${kind === 'lot' ? 'lots' : 'serial numbers'} are excluded, and this one is not known here.`,
      )
      match.missing.push(kind)
    } else if (out.includes(value)) match.verdict = 'out'
    else if (out.some((one) => foldLot(one) === foldLot(value))) {
      match.reasons.push(
        `${kind === 'lot' ? 'Lot' : 'Serial number'} ${value} is written differently from one that is excluded.`,
      )
      match.missing.push('confirm')
    }
  }
}
