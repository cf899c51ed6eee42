import type { Gs1Element, Gs1Result } from '#contract/gs1.ts'
import type { RecallVerdict } from '#contract/recalls.ts'
import type { typedFacts } from './verdict-looks.ts'

/** What a person typed because no code told it; days as ISO 8601. */
export type Typed = Partial<Record<(typeof typedFacts)[number]['id'], string>>

/** One thing in somebody's hand: the codes read from it and what was typed. */
export interface Item {
  carriers: readonly string[]
  typed: Typed
}

/** How a scan is to be judged: the codes as one thing, each alone, and together with what was there. */
export interface Reading {
  before: (Item & { verdict: RecallVerdict }) | undefined
  fresh: readonly string[]
  /** All codes in the same frame: those of the thing before may be there still. Empty without a camera. */
  inSight: readonly string[]
}

/** One check asks for all of these, in this order; `chooseItem` takes its verdicts. */
export function itemsToCheck({ before, fresh }: Pick<Reading, 'before' | 'fresh'>): Item[] {
  const alone = fresh.length > 1 ? fresh.map((carrier) => ({ carriers: [carrier], typed: {} })) : []
  const together = { carriers: fresh, typed: {} }
  if (!before) return [together, ...alone]
  const joined = { carriers: [...new Set([...before.carriers, ...fresh])], typed: before.typed }
  return [together, joined, ...alone]
}

export interface Judged {
  item: Item
  verdict: RecallVerdict
  /** It was put to what was scanned before. */
  isJoined: boolean
  /** Codes of several things were in sight and one of them was taken. */
  isOneOfSeveral: boolean
}

/** Which of the readings is true: the same thing as before, all codes one thing, or the one nearest the middle. */
export function chooseItem(reading: Reading, verdicts: readonly RecallVerdict[]): Judged | undefined {
  const { before, fresh } = reading
  const items = itemsToCheck(reading)
  const judged = (at: number, more: Partial<Judged> = {}): Judged | undefined => {
    const [item, verdict] = [items[at], verdicts[at]]
    return item && verdict && { item, verdict, isJoined: false, isOneOfSeveral: false, ...more }
  }
  const alone = before ? 2 : 1
  const single = verdicts.slice(alone)
  const isSeveral = fresh.length > 1 && single.some((one, at) => at > 0 && !isSame(single[0], one))
  const firstAlone = isSeveral ? alone : 0
  const own = verdicts[firstAlone]
  // What could not be read before must not make unreadable what can be read now.
  const spoils = verdicts[1]?.verdict === 'unreadable' && own?.verdict !== 'unreadable'
  if (before && !isSeveral && own && !spoils && continues(reading, before, own))
    return judged(1, { isJoined: true })
  return judged(firstAlone, { isOneOfSeveral: isSeveral })
}

/**
 * Whether a scan belongs to the thing before it: nothing contradicts, and it adds what was missing, or both codes
 * are in sight together. A code that says less and comes alone is another pack, whose lot nobody knows.
 */
function continues(reading: Reading, before: NonNullable<Reading['before']>, own: RecallVerdict): boolean {
  const { result, missing, verdict } = before.verdict
  if (!agree(result, own.result)) return false
  const known = new Set(elementsOf(result).map(({ ai }) => ai))
  const isNew = elementsOf(own.result).some(({ ai }) => !known.has(ai))
  if (isNew) return missing.length > 0 || verdict === 'unreadable' || own.result.gtin === null
  return before.carriers.some(
    (carrier) => reading.inSight.includes(carrier) && !reading.fresh.includes(carrier),
  )
}

function isSame(one: RecallVerdict | undefined, other: RecallVerdict): boolean {
  return one !== undefined && agree(one.result, other.result)
}

function agree(one: Gs1Result, other: Gs1Result): boolean {
  if (one.gtin !== null && other.gtin !== null && one.gtin !== other.gtin) return false
  const values = new Map(one.elements.map(({ ai, value }) => [ai, value]))
  return other.elements.every(({ ai, value }) => !values.has(ai) || ai === '01' || values.get(ai) === value)
}

/** What codes say; an EAN or UPC says its GTIN without an application identifier. */
export function elementsOf({ gtin, elements }: Gs1Result): Gs1Element[] {
  if (gtin === null || elements.some(({ ai }) => ai === '01')) return elements
  return [{ ai: '01', title: 'GTIN', value: gtin, display: gtin, carrier: 0 }, ...elements]
}

/** The value of an application identifier; undefined where no code said it. */
export function elementOf(result: Gs1Result, ai: string): string | undefined {
  return result.elements.find((element) => element.ai === ai)?.value
}
