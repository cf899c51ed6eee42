import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallNotice } from '#contract/recalls.ts'

/** A notice out of a file, with what could be made of its text: suggestions for a person, never in force by themselves. */
export interface NoticeDraft {
  notice: RecallNotice
  lines: RecallLine[]
  /** Where in the file it is, such as `row 12` or `results[3]`. */
  place: string
}

export interface ReadProblem {
  place: string
  message: string
}

export interface ReadNotices {
  format: string
  drafts: NoticeDraft[]
  problems: ReadProblem[]
}

export type Fields = Readonly<Record<string, unknown>>

/** The first of some fields that says something, as text; lists are joined. */
export function textOf(fields: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const text = flat(fields[name]).trim()
    if (text !== '') return text
  }
  return ''
}

/** Deeper than any notice: what lies below says nothing. */
const mostDepth = 8

function flat(value: unknown, depth = 0): string {
  if (depth > mostDepth) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value))
    return value
      .map((one) => flat(one, depth + 1))
      .filter(Boolean)
      .join('; ')
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((one) => flat(one, depth + 1))
      .filter(Boolean)
      .join(', ')
  return ''
}

/** At most `most` characters; a cut text ends with an ellipsis. */
export function clip(text: string, most: number): string | null {
  if (text === '') return null
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

/** `20240131`, `2024-01-31`, `2024-01-31T…` or `31/01/2024` as ISO 8601; null for anything else. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text)
  const european = /^(\d{2})[./](\d{2})[./](\d{4})/.exec(text)
  const day = iso
    ? `${iso[1]}-${iso[2]}-${iso[3]}`
    : european
      ? `${european[3]}-${european[2]}-${european[1]}`
      : ''
  return day !== '' && !Number.isNaN(Date.parse(day)) ? day : null
}
