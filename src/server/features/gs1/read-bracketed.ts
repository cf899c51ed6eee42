import { checkLength, checkValue } from './check-value.ts'
import { emptyReading, lookUp, type ReadContext, type Reading } from './reading.ts'

/** As in the engine of GS1: more than fits any carrier. */
const mostElements = 64

/** `(01)09506000134376(10)ABC`. A `(` that belongs to a value has a `\` before it. */
export function readBracketed(input: string, context: ReadContext): Reading {
  const reading = emptyReading('bracketed')
  let at = 0
  while (at < input.length) {
    const close = input[at] === '(' ? input.indexOf(')', at) : -1
    if (close < 0 || close === input.length - 1) {
      reading.problems.push({ code: 'syntax', position: at, length: input.length - at })
      break
    }
    const ai = input.slice(at + 1, close)
    const end = endOfValue(input, close + 1)
    if (reading.elements.length === mostElements) {
      reading.problems.push({ code: 'too_many_ais', position: at, length: 1 })
      break
    }
    readOne(reading, context, { ai, at: at + 1, from: close + 1, text: input.slice(close + 1, end) })
    at = end
  }
  if (reading.elements.length === 0 && reading.problems.length === 0)
    reading.problems.push({ code: 'no_data' })
  return reading
}

function endOfValue(input: string, from: number): number {
  for (let at = input.indexOf('(', from); at >= 0; at = input.indexOf('(', at + 1)) {
    if (at === 0 || input[at - 1] !== '\\') return at
  }
  return input.length
}

interface Part {
  ai: string
  at: number
  from: number
  text: string
}

function readOne(reading: Reading, context: ReadContext, { ai, at, from, text }: Part): void {
  const entry = lookUp(context, ai)
  const isEscaped = text.includes('\\(')
  const value = isEscaped ? text.replaceAll('\\(', '(') : text
  const isAllowed = context.options.unknown_ais === 'allow' && /^\d{2,4}$/.test(ai)
  if (!entry && !isAllowed) {
    reading.problems.push({ code: 'unknown_ai', ai, position: at, length: ai.length })
    if (!/^\d{2,4}$/.test(ai)) return
  }
  const element = { ai, entry, value, position: isEscaped ? undefined : from }
  reading.elements.push(element)
  if (!entry) return
  const caret = value.indexOf('^')
  const flaw =
    checkLength(entry, value) ??
    (caret >= 0 ? { code: 'caret', at: caret, length: 1 } : checkValue(entry, value))
  if (flaw)
    reading.problems.push({ code: flaw.code, ai, flaw, position: from + escapedOffset(text, flaw.at) })
}

/** Where the character at a place of the value stands in the text with its escapes. */
function escapedOffset(text: string, at: number): number {
  let seen = 0
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\' && text[index + 1] === '(') continue
    if (seen++ === at) return index
  }
  return text.length
}
