import { Type, type Static } from 'typebox'
import { Nullable } from './fields.ts'

const Text = Type.String({ minLength: 1, maxLength: 80 })
const Day = Type.String({ format: 'date' })

/** From and to, both ends in. Ends of text share one prefix and one number of digits; days are days. */
const TextRange = Type.Object({ from: Text, to: Text })
const DayRange = Type.Object({ from: Nullable(Day), to: Nullable(Day) })

/** Conditions on a kind of day; any of the days or spans is enough. */
const DayCondition = Type.Object({
  kind: Type.Enum(['expiry', 'best_before', 'production', 'packaging', 'sell_by']),
  ranges: Type.Array(DayRange, { minItems: 1, maxItems: 50 }),
})

/**
 * One line of a recall: these GTINs, and all the conditions that are there. A line without conditions means every
 * unit. What is in `excluded_lots` or `excluded_serials` is out again.
 */
export const RecallLine = Type.Object({
  /** 8, 12, 13 or 14 digits; compared as 14. */
  gtins: Type.Array(Type.String({ pattern: '^[0-9]{8}$|^[0-9]{12,14}$' }), { minItems: 1, maxItems: 2000 }),
  lots: Type.Optional(Type.Array(Text, { maxItems: 5000 })),
  lot_prefixes: Type.Optional(Type.Array(Text, { maxItems: 200 })),
  lot_ranges: Type.Optional(Type.Array(TextRange, { maxItems: 200 })),
  serials: Type.Optional(Type.Array(Text, { maxItems: 5000 })),
  serial_ranges: Type.Optional(Type.Array(TextRange, { maxItems: 200 })),
  days: Type.Optional(Type.Array(DayCondition, { maxItems: 5 })),
  excluded_lots: Type.Optional(Type.Array(Text, { maxItems: 5000 })),
  excluded_serials: Type.Optional(Type.Array(Text, { maxItems: 5000 })),
  /** What the notice itself said, kept beside what was made of it. */
  original_text: Type.Optional(Nullable(Type.String({ maxLength: 20_000 }))),
})
export type RecallLine = Static<typeof RecallLine>
