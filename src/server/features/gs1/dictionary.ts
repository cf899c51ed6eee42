import { linterNames, type LinterName } from './linters.ts'

/** Which characters a component takes: digits, CSET 82, CSET 39 or base64url. */
export type CharacterSet = 'N' | 'X' | 'Y' | 'Z'

interface AiComponent {
  set: CharacterSet
  min: number
  max: number
  isOptional: boolean
  linters: readonly LinterName[]
}

/** One application identifier, as the dictionary describes it. */
export interface AiEntry {
  ai: string
  title: string
  /** Predefined length: no FNC1 follows. */
  isFixed: boolean
  /** May stand among the attributes of a Digital Link. */
  isAttribute: boolean
  components: readonly AiComponent[]
  min: number
  max: number
  /** Each must be satisfied by one of its groups, all of whose identifiers are there; `35nn` stands for a range. */
  requires: readonly (readonly (readonly string[])[])[]
  excludes: readonly string[]
  /** Qualifiers of a primary key, in their order, as alternatives; undefined for what is no key. */
  keyQualifiers: readonly (readonly string[])[] | undefined
}

export interface Dictionary {
  version: string
  entries: ReadonlyMap<string, AiEntry>
}

/** A table that cannot be used, and where it is wrong. */
export class DictionaryError extends Error {
  readonly line: number
  constructor(line: number, reason: string) {
    super(`Line ${line} of the table of application identifiers: ${reason}`)
    this.line = line
  }
}

const most = { lines: 5_000, lineLength: 500, entries: 2_000, length: 400_000 }

/**
 * Reads GS1's Barcode Syntax Dictionary (its own text format). Throws DictionaryError: a table that is half understood
 * would call good codes bad.
 */
export function readDictionary(text: string, version: string): Dictionary {
  if (text.length > most.length) throw new DictionaryError(0, 'it is too long.')
  const entries = new Map<string, AiEntry>()
  const lines = text.split(/\r?\n/)
  if (lines.length > most.lines) throw new DictionaryError(most.lines, 'it has too many lines.')
  for (const [index, line] of lines.entries()) {
    if (line.length > most.lineLength) throw new DictionaryError(index + 1, 'it is too long.')
    if (line.trim() === '' || line.startsWith('#')) continue
    for (const entry of entriesOf(line, index + 1)) {
      if (entries.has(entry.ai)) throw new DictionaryError(index + 1, `AI ${entry.ai} is there twice.`)
      entries.set(entry.ai, entry)
    }
    if (entries.size > most.entries) throw new DictionaryError(index + 1, 'it has too many identifiers.')
  }
  if (!entries.has('01')) throw new DictionaryError(lines.length, 'AI 01 is missing.')
  return { version, entries }
}

function entriesOf(line: string, number: number): AiEntry[] {
  const [left = '', title = ''] = line.split(/\s+#\s*/, 2)
  const [range = '', ...words] = left.trim().split(/\s+/)
  const flags = /^[*?!"$%&'()+,\-./:;<=>@[\]^_`{|}~]+$/.test(words[0] ?? '') ? (words.shift() ?? '') : ''
  const components = words.filter((word) => isComponent(word)).map((word) => componentOf(word, number))
  const attributes = words.filter((word) => !isComponent(word))
  if (components.length === 0) throw new DictionaryError(number, 'it names no component.')
  const shared = {
    title: title.trim(),
    isFixed: flags.includes('*'),
    isAttribute: flags.includes('?'),
    components,
    min: sum(components.map(({ isOptional, min }) => (isOptional ? 0 : min))),
    max: sum(components.map(({ max }) => max)),
    ...attributesOf(attributes, number),
  }
  return identifiersOf(range, number).map((ai) => ({ ai, ...shared }))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0)
}

function identifiersOf(range: string, line: number): string[] {
  const match = /^(\d{2,4})(?:-(\d{2,4}))?$/.exec(range)
  const [from, to] = [match?.[1], match?.[2] ?? match?.[1]]
  if (from === undefined || to === undefined || from.length !== to.length || Number(to) - Number(from) > 99) {
    throw new DictionaryError(line, `“${range.slice(0, 20)}” is no identifier.`)
  }
  const count = Number(to) - Number(from) + 1
  return Array.from({ length: Math.max(0, count) }, (_, step) =>
    String(Number(from) + step).padStart(from.length, '0'),
  )
}

function isComponent(word: string): boolean {
  return /^\[?[NXYZ](\.\.)?\d/.test(word)
}

function componentOf(word: string, line: number): AiComponent {
  const match = /^(\[)?([NXYZ])(\.\.)?(\d{1,3})\]?((?:,[a-z0-9]+)*)$/.exec(word)
  if (!match) throw new DictionaryError(line, `“${word.slice(0, 40)}” is no component.`)
  const max = Number(match[4])
  const linters = (match[5] ?? '').split(',').filter(Boolean)
  const unknown = linters.find((name) => !isLinter(name))
  if (unknown !== undefined) throw new DictionaryError(line, `the check “${unknown}” is not known.`)
  return {
    set: match[2] as CharacterSet,
    min: match[3] === undefined ? max : 1,
    max,
    isOptional: match[1] !== undefined,
    linters: linters.filter(isLinter),
  }
}

function isLinter(name: string): name is LinterName {
  return (linterNames as readonly string[]).includes(name)
}

function attributesOf(words: readonly string[], line: number) {
  const requires: string[][][] = []
  const excludes: string[] = []
  let keyQualifiers: string[][] | undefined
  for (const word of words) {
    const [name, value = ''] = word.split('=', 2)
    if (name === 'req') requires.push(value.split(',').map((group) => group.split('+')))
    else if (name === 'ex') excludes.push(...value.split(','))
    else if (name === 'dlpkey')
      keyQualifiers = value.split('|').map((list) => list.split(',').filter(Boolean))
    else if (!/^[a-z0-9]+$/.test(name ?? '')) {
      throw new DictionaryError(line, `“${word.slice(0, 40)}” is not understood.`)
    }
  }
  return { requires, excludes, keyQualifiers }
}

/** Whether an identifier is the one named, or in the range that `310n` stands for. */
export function matchesPattern(ai: string, pattern: string): boolean {
  if (ai === pattern) return true
  if (ai.length !== pattern.length || !pattern.endsWith('n')) return false
  for (let index = 0; index < ai.length; index++) {
    if (pattern[index] !== 'n' && pattern[index] !== ai[index]) return false
  }
  return true
}
