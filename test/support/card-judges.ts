import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

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

/** The npm package ical.js, installed or named by ICAL_JS; undefined without it. */
export async function findIcalJs(): Promise<CardJudge | undefined> {
  const name = process.env['ICAL_JS'] ?? 'ical.js'
  const module = (await import(name).catch(() => undefined)) as
    | { default: { parse(text: string): Jcal | Jcal[] } }
    | undefined
  if (!module) return undefined
  const flat = ([, properties, children = []]: Jcal): ReadProperty[] => [
    ...properties.map(([key, parameters, , value]): ReadProperty => [key.toUpperCase(), value, parameters]),
    ...children.flatMap((child) => [['BEGIN', child[0].toUpperCase(), {}] as ReadProperty, ...flat(child)]),
  ]
  return (texts) =>
    texts.map((text) => {
      const read = module.default.parse(text)
      return (typeof read[0] === 'string' ? [read as Jcal] : (read as Jcal[])).map(flat)
    })
}
