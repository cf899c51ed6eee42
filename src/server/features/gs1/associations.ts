import { matchesPattern, type AiEntry } from './dictionary.ts'
import type { Problem, ReadElement } from './reading.ts'

/**
 * What identifiers say of each other, over all the carriers of one item: the same one twice must agree, some must not
 * go together, some must.
 */
export function checkAssociations(elements: readonly ReadElement[]): {
  errors: Problem[]
  requisites: Problem[]
} {
  const values = new Map<string, string>()
  const errors: Problem[] = []
  for (const { ai, value } of elements) {
    const before = values.get(ai)
    if (before !== undefined && before !== value) errors.push({ code: 'different_values', ai })
    values.set(ai, before ?? value)
  }
  const present = [...values.keys()]
  const requisites: Problem[] = []
  const seen = new Set<string>()
  for (const { ai, entry } of elements) {
    if (!entry || seen.has(ai)) continue
    seen.add(ai)
    const other = excludedBy(entry, present)
    if (other !== undefined) errors.push({ code: 'excluded_ai', ai, detail: other })
    for (const groups of entry.requires) {
      if (
        groups.some((group) => group.every((pattern) => present.some((one) => matchesPattern(one, pattern))))
      ) {
        continue
      }
      requisites.push({ code: 'required_ai', ai, detail: groups.map((group) => group.join('+')).join(',') })
    }
  }
  const unsigned = unsignedKey(values)
  if (unsigned !== undefined) errors.push({ code: 'serial_needed', ai: unsigned })
  return { errors, requisites }
}

/** An identifier does not exclude itself, though its own range may be named. */
function excludedBy({ ai, excludes }: AiEntry, present: readonly string[]): string | undefined {
  for (const pattern of excludes) {
    const other = present.find((one) => one !== ai && matchesPattern(one, pattern))
    if (other !== undefined) return other
  }
  return undefined
}

/** A signature (8030) is over one thing, so a key with an optional serial number must have it. */
const lengthsWithoutSerial = { '253': 13, '255': 13, '8003': 14 }

function unsignedKey(values: ReadonlyMap<string, string>): string | undefined {
  if (!values.has('8030')) return undefined
  return Object.entries(lengthsWithoutSerial).find(([ai, length]) => values.get(ai)?.length === length)?.[0]
}
