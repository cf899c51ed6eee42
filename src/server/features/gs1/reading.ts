import type { Gs1Kind, Gs1Options } from '#contract/gs1.ts'
import type { AiEntry, Dictionary } from './dictionary.ts'
import type { Flaw } from './flaw.ts'

/** One application identifier with its value, as it was read. */
export interface ReadElement {
  ai: string
  /** Undefined for one that the dictionary does not have. */
  entry: AiEntry | undefined
  value: string
  /** Where in the input the value begins; undefined where the input was rewritten. */
  position: number | undefined
  /** Where a Digital Link had it; undefined for other carriers. */
  place?: 'path' | 'query'
}

/** Something wrong, before it has words. `flaw` is about the element's value, the rest about the input. */
export interface Problem {
  code: string
  ai?: string
  flaw?: Flaw
  position?: number | undefined
  length?: number
  /** What the sentence names: a list of identifiers, another identifier, a character. */
  detail?: string
}

/** What one carrier says. */
export interface Reading {
  kind: Gs1Kind
  symbology?: string
  gtin?: string
  /** The carrier's data as it stands, FNC1 as `^`, where it was such data. */
  raw?: string
  /** Of a link: what stands before its GS1 path. */
  stem?: string
  elements: ReadElement[]
  problems: Problem[]
  /** Worth knowing, and no error. */
  notes: Problem[]
  ignored: string[]
}

export interface ReadContext {
  dictionary: Dictionary
  options: Gs1Options
}

export function emptyReading(kind: Gs1Kind): Reading {
  return { kind, elements: [], problems: [], notes: [], ignored: [] }
}

export function lookUp({ dictionary }: ReadContext, ai: string): AiEntry | undefined {
  return dictionary.entries.get(ai)
}
