import type { Gs1Kind } from '#contract/gs1.ts'
import { checkValue } from './check-value.ts'
import type { AiEntry } from './dictionary.ts'
import { emptyReading, lookUp, type ReadContext, type Reading } from './reading.ts'

/** FNC1 in data: `^` as GS1's tools write it. */
const fnc1 = '^'
const mostElements = 64

/**
 * Data as a carrier holds it, FNC1 as `^`, the first one included. `offset` is where it begins in the input, undefined
 * where the input was rewritten.
 */
export function readElementString(
  data: string,
  context: ReadContext,
  kind: Gs1Kind = 'element_string',
  offset: number | undefined = 0,
): Reading {
  const reading: Reading = { ...emptyReading(kind), raw: data }
  let at = data.startsWith(fnc1) ? 1 : 0
  if (at === data.length) reading.problems.push({ code: 'no_data' })
  while (at < data.length) {
    if (
      reading.elements.length + reading.problems.length >= 2 * mostElements ||
      reading.elements.length === mostElements
    ) {
      reading.problems.push({ code: 'too_many_ais', position: place(offset, at), length: 1 })
      break
    }
    const next = readNext(data, at, reading, context, offset)
    if (next === undefined) break
    at = next
  }
  return reading
}

function place(offset: number | undefined, at: number): number | undefined {
  return offset === undefined ? undefined : offset + at
}

/** Where the next element begins; undefined where nothing more can be made out. */
function readNext(
  data: string,
  at: number,
  reading: Reading,
  context: ReadContext,
  offset: number | undefined,
): number | undefined {
  const stop = data.indexOf(fnc1, at)
  const end = stop < 0 ? data.length : stop
  const entry = entryAt(data, at, context)
  if (!entry) {
    const detail = data.slice(at, Math.min(end, at + 4))
    reading.problems.push({ code: 'no_ai_here', detail, position: place(offset, at), length: detail.length })
    // After the next FNC1 another identifier begins for certain.
    return stop < 0 ? undefined : stop + 1
  }
  const from = at + entry.ai.length
  const to = entry.isFixed ? Math.min(end, from + entry.max) : end
  const value = data.slice(from, to)
  reading.elements.push({ ai: entry.ai, entry, value, position: place(offset, from) })
  const flaw = flawOf(entry, value)
  if (flaw)
    reading.problems.push({ code: flaw.code, ai: entry.ai, flaw, position: place(offset, from + flaw.at) })
  return data[to] === fnc1 ? to + 1 : to
}

function flawOf(entry: AiEntry, value: string) {
  if (value === '') return { code: 'empty', at: 0, length: 0 }
  const wrong = checkValue(entry, value)
  if (wrong) return wrong
  return value.length > entry.max
    ? { code: 'too_long', at: entry.max, length: value.length - entry.max }
    : undefined
}

function entryAt(data: string, at: number, context: ReadContext): AiEntry | undefined {
  for (let length = 2; length <= 4; length++) {
    const entry = lookUp(context, data.slice(at, at + length))
    if (entry) return entry
  }
  return undefined
}
