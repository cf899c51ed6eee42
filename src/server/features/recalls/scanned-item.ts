import type { Gs1Result } from '#contract/gs1.ts'
import type { RecallLine } from '#contract/recall-lines.ts'

export type DayKind = NonNullable<RecallLine['days']>[number]['kind']

/** What is known of one item. */
export interface ScannedItem {
  /** 14 digits. */
  gtin: string
  lot: string | null
  serial: string | null
  /** Days as ISO 8601, or a month (`2027-05`) where the code names no day. */
  days: Partial<Record<DayKind, string>>
}

const dayKindByAi: Record<string, DayKind> = {
  '11': 'production',
  '13': 'packaging',
  '15': 'best_before',
  '16': 'sell_by',
  '17': 'expiry',
}

/** What a person typed because no code tells it; days as ISO 8601. */
export type TypedFacts = Partial<Record<'lot' | 'serial' | DayKind, string | null>>

/** What a barcode says of its item; undefined where it names none. What a person typed goes before what is missing. */
export function itemOf({ gtin, elements }: Gs1Result, typed: TypedFacts = {}): ScannedItem | undefined {
  if (gtin === null) return undefined
  const valueOf = (ai: string): string | null => elements.find((element) => element.ai === ai)?.value ?? null
  const days: ScannedItem['days'] = {}
  for (const { ai, display } of elements) {
    const kind = dayKindByAi[ai]
    if (kind && /^\d{4}-\d{2}(-\d{2})?$/.test(display)) days[kind] = display
    // Date and time of expiry: the day counts.
    if (ai === '7003') days.expiry ??= display.slice(0, 10)
  }
  for (const kind of Object.values(dayKindByAi)) {
    const day = typed[kind]
    if (day) days[kind] ??= day
  }
  return {
    gtin,
    lot: valueOf('10') ?? (typed.lot || null),
    serial: valueOf('21') ?? (typed.serial || null),
    days,
  }
}
