import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import ICAL from 'ical.js'

/** A property as a reader understood it; `BEGIN` stands for a component within. */
export type ReadProperty = [name: string, value: unknown, parameters: Record<string, unknown>]

/** Reads vCards and calendars: the components of each, and what is in them. */
export type CardJudge = (texts: readonly string[]) => ReadProperty[][][]

/** Debian's own, which the package belongs to; another one may come first in the path. */
const python = '/usr/bin/python3'

/** Debian's python3-vobject; undefined where it is not installed. */
export function findVobject(): CardJudge | undefined {
  if (spawnSync(python, ['-c', 'import vobject']).status !== 0) return undefined
  return (texts) => {
    const script = join(import.meta.dirname, 'parse-cards.py')
    const run = spawnSync(python, [script], { input: JSON.stringify(texts), maxBuffer: 1 << 28 })
    if (run.status !== 0) throw new Error(String(run.stderr))
    return JSON.parse(String(run.stdout)) as ReadProperty[][][]
  }
}

type Jcal = [name: string, properties: [string, Record<string, string>, string, ...unknown[]][], Jcal[]?]

/**
 * ical.js 2.2.1. It has one fault of its own that would hide ours: in vCard 3.0 it leaves the backslash before a
 * semicolon. As every semicolon of a text is written with one there, taking it off again loses nothing.
 */
export const readWithIcalJs: CardJudge = (texts) =>
  texts.map((text) => {
    const read = ICAL.parse(text) as unknown as Jcal | Jcal[]
    const mend = text.includes('VERSION:3.0') ? withoutBackslash : (value: unknown) => value
    return (typeof read[0] === 'string' ? [read as Jcal] : (read as Jcal[])).map((one) =>
      propertiesOf(one, mend),
    )
  })

type Mend = (value: unknown) => unknown

function propertiesOf([, properties, children = []]: Jcal, mend: Mend): ReadProperty[] {
  return [
    ...properties.map(([key, parameters, , ...values]): ReadProperty => [
      key.toUpperCase(),
      mend(values.length === 1 ? values[0] : values),
      parameters,
    ]),
    ...children.flatMap((child): ReadProperty[] => [
      ['BEGIN', child[0].toUpperCase(), {}],
      ...propertiesOf(child, mend),
    ]),
  ]
}

function withoutBackslash(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBackslash)
  return typeof value === 'string' ? value.replaceAll('\\;', ';') : value
}
