import type { ReadElement } from './reading.ts'

/** `(01)09506000134376(10)ABC`; a `(` of a value is escaped. */
export function writeBracketed(elements: readonly ReadElement[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', String.raw`\(`)}`).join('')
}

/** `^010950600013437610ABC`: FNC1 at the beginning, and between where the length is not predefined. */
export function writeUnbracketed(elements: readonly ReadElement[]): string {
  let text = ''
  let needsFnc1 = true
  for (const { ai, entry, value } of elements) {
    text += `${needsFnc1 ? '^' : ''}${ai}${value}`
    needsFnc1 = entry?.isFixed !== true
  }
  return text
}

export function writeHri(elements: readonly ReadElement[]): string[] {
  return elements.map(({ ai, value }) => `(${ai}) ${value}`)
}

/** The same identifier with the same value once, as several carriers of one item repeat it. */
export function withoutDuplicates(elements: readonly ReadElement[]): ReadElement[] {
  const seen = new Set<string>()
  return elements.filter(({ ai, value }) => {
    const key = `${ai}=${value}`
    return !seen.has(key) && Boolean(seen.add(key))
  })
}
