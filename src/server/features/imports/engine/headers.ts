import type { ImportField } from '#contract/import-kinds.ts'
import type { ImportColumn, ImportFinding } from '#contract/imports.ts'
import { plainHeader, type HeaderBook } from './header-book.ts'
import { linkHeaders } from './header-names.ts'

export type Mapping = Record<string, ImportField | null>

/** How many cells of a record are known names of fields. */
export function countKnownHeaders(cells: readonly string[], book: HeaderBook = linkHeaders): number {
  if (cells.length > 400) return 0
  const known = (plain: string) => book.exactNames.get(plain) ?? book.aliasNames.get(plain)
  const fields = new Set(cells.map((cell) => (cell.length > 60 ? undefined : known(plainHeader(cell)))))
  fields.delete(undefined)
  return fields.size
}

interface Guess {
  index: number
  field: string
  by: string
  rank: number
}

/**
 * Finds the field of every column: a known export first, then exact names, aliases and likeness, each field
 * once.
 */
export function matchHeaders(names: readonly string[], book: HeaderBook = linkHeaders): ImportColumn[] {
  const plain = names.map(plainHeader)
  const preset = book.presets.find(({ needs }) => needs.every((need) => plain.includes(need)))
  const guesses = plain.flatMap((name, index): Guess[] => {
    const fromPreset = preset?.fields[name]
    if (fromPreset !== undefined) return [{ index, field: fromPreset, by: 'preset', rank: 0 }]
    const guess = guessField(name, book)
    return guess === undefined ? [] : [{ index, ...guess }]
  })
  const taken = new Map<string, Guess>()
  for (const guess of guesses.toSorted((a, b) => a.rank - b.rank || a.index - b.index)) {
    if (!taken.has(guess.field)) taken.set(guess.field, guess)
  }
  const byIndex = new Map([...taken.values()].map((guess) => [guess.index, guess]))
  return names.map((name, index) => {
    const guess = byIndex.get(index)
    return { index, name, field: guess?.field ?? null, matched_by: guess?.by ?? null }
  })
}

function guessField(name: string, book: HeaderBook): Omit<Guess, 'index'> | undefined {
  if (name === '' || name.startsWith('utm')) return undefined
  const { exactNames, aliasNames } = book
  const field = exactNames.get(name)
  if (field !== undefined) return { field, by: 'exact', rank: 1 }
  const alias = aliasNames.get(name)
  if (alias !== undefined) {
    const place = book.aliases[alias]?.findIndex((one) => plainHeader(one) === name) ?? 0
    return { field: alias, by: 'alias', rank: 2 + place / 100 }
  }
  const near = [...exactNames, ...aliasNames].find(([known]) => isNear(name, known))
  return near === undefined ? undefined : { field: near[1], by: 'likeness', rank: 4 }
}

/** Every word at most two slips away, and no more slips than a third of its letters. */
function isNear(name: string, known: string): boolean {
  const words = name.split(' ')
  const wanted = known.split(' ')
  if (words.length !== wanted.length || name.length > 60) return false
  return wanted.every((word, k) => {
    const slips = distance(words[k] ?? '', word)
    return slips <= 2 && slips * 3 <= word.length
  })
}

/** Damerau–Levenshtein distance with neighbouring letters swapped as one slip. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, k) => k)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length]!
}

/**
 * A mapping chosen by a person or remembered laid over the guesses; a field they gave away leaves its old
 * column.
 */
export function applyMapping(columns: readonly ImportColumn[], mapping: Mapping, by: string): ImportColumn[] {
  const given = new Set(Object.values(mapping).filter((field) => field !== null))
  return columns.map((column) => {
    const chosen = mapping[String(column.index)]
    if (chosen !== undefined) return { ...column, field: chosen, matched_by: chosen === null ? null : by }
    return column.field !== null && given.has(column.field as ImportField)
      ? { ...column, field: null, matched_by: null }
      : column
  })
}

/** What is wrong with the header row itself. */
export function checkHeaders(
  columns: readonly ImportColumn[],
  headerRow: number,
  book: HeaderBook,
): ImportFinding[] {
  const findings: ImportFinding[] = []
  const add = (code: string, severity: 'error' | 'warning', column: string | null, message: string): void => {
    findings.push({ row: 0, line: null, column, code, severity, message, value: column })
  }
  const fed = new Set(columns.flatMap(({ field }) => field ?? []))
  const missing = book.missing(fed)
  if (missing !== undefined) add(missing.code, 'error', null, missing.message)
  for (const field of book.fields) {
    const several = columns.filter((column) => column.field === field)
    const message = `Two columns are mapped to ${field}: "${several[0]?.name}" and "${several[1]?.name}". Leave one out.`
    if (several.length > 1) add('header_field_twice', 'error', several[1]?.name ?? null, message)
  }
  if (headerRow === 0) return findings
  const seen = new Map<string, number>()
  for (const { name, index, field } of columns) {
    const plain = plainHeader(name)
    const first = seen.get(plain)
    if (plain !== '' && first !== undefined) {
      add(
        'header_duplicate',
        'warning',
        name,
        `"${name}" is the name of columns ${first + 1} and ${index + 1}.`,
      )
    } else if (field === null && plain !== '' && !name.startsWith('_')) {
      add('header_unknown', 'warning', name, `"${name}" is not imported. Map it to a field if it should be.`)
    }
    if (first === undefined) seen.set(plain, index)
  }
  return findings
}
