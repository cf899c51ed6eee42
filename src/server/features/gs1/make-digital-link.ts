import type { AiEntry } from './dictionary.ts'
import { percentEncode } from './percent.ts'
import type { ReadElement } from './reading.ts'

/** What a Digital Link is made of: a key with its qualifiers in the path, the rest in the query. */
export interface LinkParts {
  path: KnownElement[]
  query: KnownElement[]
}

export const canonicalStem = 'https://id.gs1.org'

/**
 * Parts elements into path and query; undefined where they make no link: no primary key, or something that may be
 * neither qualifier nor attribute.
 */
export function linkPartsOf(elements: readonly ReadElement[]): LinkParts | undefined {
  const known = withoutRepeats(elements)
  if (known === undefined) return undefined
  const key = known.find(({ entry }) => entry.keyQualifiers)
  if (!key) return undefined
  const present = new Set(known.map(({ ai }) => ai))
  // A link that was read keeps what it had in its path: (01)(235) with (10) as an attribute cannot be told otherwise.
  const read = known.filter(({ place }) => place === 'path').map(({ ai }) => ai)
  const sequence = bestSequence(key.entry.keyQualifiers ?? [], present)
  const inPath = read.length > 0 ? read : [key.ai, ...sequence.filter((ai) => present.has(ai))]
  const path = inPath.map((ai) => known.find((one) => one.ai === ai)!)
  const rest = known.filter(({ ai }) => !inPath.includes(ai))
  if (rest.some(({ entry }) => !entry.isAttribute)) return undefined
  // Those of predefined length first, as in element strings.
  const query = [...rest.filter(({ entry }) => entry.isFixed), ...rest.filter(({ entry }) => !entry.isFixed)]
  return { path, query }
}

type KnownElement = ReadElement & { entry: AiEntry }

function withoutRepeats(elements: readonly ReadElement[]): KnownElement[] | undefined {
  const seen = new Map<string, KnownElement>()
  for (const element of elements) {
    if (element.entry === undefined) return undefined
    if (!seen.has(element.ai)) seen.set(element.ai, { ...element, entry: element.entry })
  }
  return [...seen.values()]
}

/** The alternative of which most is there; the first of several. */
export function bestSequence(
  sequences: readonly (readonly string[])[],
  present: ReadonlySet<string>,
): readonly string[] {
  const count = (sequence: readonly string[]): number => sequence.filter((ai) => present.has(ai)).length
  let best: readonly string[] = []
  for (const sequence of sequences) if (best.length === 0 || count(sequence) > count(best)) best = sequence
  return best
}

export function writeDigitalLink({ path, query }: LinkParts, stem: string = canonicalStem): string {
  const base = stem.replace(/\/+$/, '')
  const steps = path.map(({ ai, value }) => `/${ai}/${percentEncode(value)}`).join('')
  const attributes = query.map(({ ai, value }) => `${ai}=${percentEncode(value)}`)
  return `${base}${steps}${attributes.length > 0 ? `?${attributes.join('&')}` : ''}`
}
