import type { Gs1Result } from '#contract/gs1.ts'
import type { RecallDataState } from '#contract/recalls.ts'
import type { ItemVerdict } from './verdict.ts'
import type { ScannedItem } from './scanned-item.ts'

const names: Record<string, string> = {
  lot: 'the lot',
  serial: 'the serial number',
  expiry: 'the expiry date',
  best_before: 'the best-before date',
  production: 'the production date',
  packaging: 'the packaging date',
  sell_by: 'the sell-by date',
  confirm: 'somebody who compares the pack with the notice',
}

/** What a person is told: what it is and what to do. Nothing here ever says that goods are safe. */
export function sentenceFor(
  { verdict, missing, matches }: ItemVerdict,
  item: ScannedItem,
  { changed_at }: RecallDataState,
): string {
  const [first] = matches
  const drill = first?.is_mock ? 'THIS IS AN EXERCISE. ' : ''
  if (verdict === 'recalled') {
    const what = item.lot ? `Lot ${item.lot} is recalled.` : 'This product is recalled.'
    return `${drill}${what} ${first?.instructions || 'Take it off the shelf and keep it apart.'}`
  }
  if (verdict === 'possible') {
    const needed = missing.map((one) => names[one] ?? one)
    return `${drill}This may be recalled. What is needed: ${listOf(needed)}. Keep it apart until that is known.`
  }
  const since =
    changed_at === null
      ? 'No recall has been entered on this device yet.'
      : `As of the recalls known on ${changed_at.slice(0, 10)}.`
  return `Not on any recall known to this device. ${since}`
}

function listOf(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** Why no verdict can be given. */
export function unreadableSentence({ errors, elements }: Gs1Result): string {
  if (elements.length > 0) {
    return 'This code names no product (GTIN), so it cannot be checked. Scan the other code of the pack too.'
  }
  const why = errors[0]?.message ?? 'It holds no GS1 data.'
  return `This code cannot be checked. ${why} Scan another code of the pack, or type the number in.`
}
