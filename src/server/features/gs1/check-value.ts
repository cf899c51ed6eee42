import { checkCharacters } from './character-sets.ts'
import type { AiEntry } from './dictionary.ts'
import type { Flaw } from './flaw.ts'
import { linters } from './linters.ts'

/** What is wrong with the whole of a value before anybody looks into it; undefined where its length is right. */
export function checkLength({ min, max }: AiEntry, value: string): Flaw | undefined {
  if (value === '') return { code: 'empty', at: 0, length: 0 }
  if (value.length < min) return { code: 'too_short', at: 0, length: value.length }
  if (value.length > max) return { code: 'too_long', at: max, length: value.length - max }
  return undefined
}

/**
 * Component by component: characters first, then each of its checks. The first flaw ends it, as GS1's own engine
 * does: what comes after would be judged by what it is not.
 */
export function checkValue(entry: AiEntry, value: string): Flaw | undefined {
  let at = 0
  for (const component of entry.components) {
    const part = value.length <= at + component.max && at === 0 ? value : value.slice(at, at + component.max)
    if (part.length < component.min && (part !== '' || !component.isOptional)) {
      return { code: 'wrong_length', at: 0, length: value.length }
    }
    if (part === '') continue
    const flaw = checkPart(component, part)
    if (flaw) return at === 0 ? flaw : { ...flaw, at: flaw.at + at }
    at += part.length
  }
  return undefined
}

function checkPart({ set, linters: names }: AiEntry['components'][number], part: string): Flaw | undefined {
  const wrong = checkCharacters(set, part)
  if (wrong) return wrong
  for (const name of names) {
    const flaw = linters[name](part)
    if (flaw) return flaw
  }
  return undefined
}
