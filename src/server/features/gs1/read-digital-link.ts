import { checkLength, checkValue } from './check-value.ts'
import type { AiEntry } from './dictionary.ts'
import { decompressPath } from './decompress.ts'
import { percentDecode } from './percent.ts'
import { emptyReading, lookUp, type Problem, type ReadContext, type Reading } from './reading.ts'

/** The scheme in small or in capital letters, as alphanumeric mode of QR codes has it; nothing in between. */
const scheme = /^(https?|HTTPS?):\/\//
const illegal = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/
const illegalInDomain = /[^A-Za-z0-9\-._~:[\]%]/

export function looksLikeLink(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

/** More than fits any carrier. */
const mostPairs = 64

interface Pair {
  ai: string
  text: string
  /** Where the value begins in the address. */
  at: number
  isQuery: boolean
}

/** A Digital Link: keys and qualifiers in its path, attributes in its query. */
export function readDigitalLink(input: string, context: ReadContext, offset = 0): Reading {
  const reading = emptyReading('digital_link')
  const start = scheme.exec(input)?.[0].length
  if (start === undefined)
    return failed(reading, { code: 'no_digital_link', position: offset, length: input.length })
  const wrong = illegal.exec(input)
  if (wrong) return failed(reading, { code: 'uri_character', position: offset + wrong.index, length: 1 })
  const hash = input.indexOf('#')
  const end = hash < 0 ? input.length : hash
  const mark = input.slice(0, end).indexOf('?')
  const pathEnd = mark < 0 ? end : mark
  const slash = input.indexOf('/', start)
  if (slash <= start || slash > pathEnd || slash + 1 === pathEnd) {
    return failed(reading, { code: 'no_domain_or_path', position: offset, length: input.length })
  }
  const badDomain = illegalInDomain.exec(input.slice(start, slash))
  if (badDomain) {
    return failed(reading, {
      code: 'domain_character',
      position: offset + start + badDomain.index,
      length: 1,
    })
  }
  const read = readPath(input.slice(slash, pathEnd), slash, context)
  if (typeof read === 'string') {
    return failed(reading, { code: read, position: offset + slash, length: pathEnd - slash })
  }
  const query = mark < 0 ? [] : queryPairs(input.slice(mark + 1, end), mark + 1, reading, context, offset)
  const [path, attributes] = [read.path, [...read.unpacked, ...query]]
  takePairs([...path, ...attributes], reading, context, offset)
  checkPlaces(path, attributes, reading, context, offset)
  return { ...reading, stem: input.slice(0, read.stemEnd) }
}

function failed(reading: Reading, problem: Problem): Reading {
  reading.problems.push(problem)
  return reading
}

interface ReadPath {
  path: Pair[]
  /** Attributes that a compressed link held. */
  unpacked: Pair[]
  stemEnd: number
}

/** From the rightmost primary key on; what is before it is the owner's. The code of what is wrong where there is none. */
function readPath(path: string, offset: number, context: ReadContext): ReadPath | string {
  const segments = path.split('/')
  const starts: number[] = []
  for (let index = 0, at = 0; index < segments.length; index++) {
    starts.push(at)
    at += segments[index]!.length + 1
  }
  const pairs: Pair[] = []
  for (let index = segments.length - 2; index > 0; index -= 2) {
    const ai = segments[index]!
    const entry = lookUp(context, ai)
    if (!entry) break
    pairs.unshift({ ai, text: segments[index + 1]!, at: offset + starts[index + 1]!, isQuery: false })
    if (entry.keyQualifiers) return { path: pairs, unpacked: [], stemEnd: offset + starts[index]! - 1 }
  }
  const unpacked = decompressPath(segments.slice(1), context)
  if (unpacked) {
    const pairOf = ({ ai, value }: { ai: string; value: string }) => ({
      ai,
      text: value,
      at: -1,
      isQuery: false,
    })
    return {
      path: unpacked.path.map(pairOf),
      unpacked: unpacked.attributes.map((one) => ({ ...pairOf(one), isQuery: true })),
      stemEnd: offset + starts[segments.length - unpacked.steps]! - 1,
    }
  }
  return path.endsWith('/') ? 'trailing_slash' : 'no_primary_key'
}

function queryPairs(
  query: string,
  offset: number,
  reading: Reading,
  context: ReadContext,
  inputOffset: number,
): Pair[] {
  const pairs: Pair[] = []
  let at = offset
  for (const part of query.split('&')) {
    if (pairs.length + reading.problems.length >= mostPairs) {
      reading.problems.push({ code: 'too_many_ais', position: inputOffset + at, length: 1 })
      break
    }
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    if (equals >= 0 && /^\d+$/.test(name)) {
      if (lookUp(context, name))
        pairs.push({ ai: name, text: part.slice(equals + 1), at: at + equals + 1, isQuery: true })
      else if (context.options.unknown_ais === 'allow') reading.ignored.push(part)
      else {
        const position = inputOffset + at
        reading.problems.push({ code: 'unknown_ai_in_query', ai: name, position, length: name.length })
      }
    } else if (part !== '') reading.ignored.push(part)
    at += part.length + 1
  }
  return pairs
}

function takePairs(pairs: readonly Pair[], reading: Reading, context: ReadContext, offset: number): void {
  const seen = new Set<string>()
  for (const { ai, text, at, isQuery } of pairs) {
    const entry = lookUp(context, ai)!
    const decoded = at < 0 ? text : percentDecode(text, isQuery)
    const value = widened(entry, decoded, reading, context)
    const isAsWritten = at >= 0 && decoded === text && value === decoded
    reading.elements.push({
      ai,
      entry,
      value,
      position: isAsWritten ? offset + at : undefined,
      place: isQuery ? 'query' : 'path',
    })
    if (seen.has(ai))
      reading.problems.push({ code: 'duplicated_ai', ai, position: offset + at, length: text.length })
    seen.add(ai)
    const flaw = flawOf(entry, value)
    const position = isAsWritten && flaw ? offset + at + flaw.at : at < 0 ? undefined : offset + at
    if (flaw) reading.problems.push({ code: flaw.code, ai, flaw, position })
  }
}

function flawOf(entry: AiEntry, value: string) {
  const nul = value.indexOf('\0')
  if (nul >= 0) return { code: 'nul', at: nul, length: 1 }
  return checkLength(entry, value) ?? checkValue(entry, value)
}

/** A GTIN whose leading zeros were left out, where that is allowed: older links have such. */
function widened(entry: AiEntry, value: string, reading: Reading, { options }: ReadContext): string {
  if (options.zero_suppressed_gtin !== true || entry.ai !== '01' || !/^(\d{8}|\d{12}|\d{13})$/.test(value))
    return value
  reading.notes.push({ code: 'zero_suppressed_gtin', ai: '01', detail: value })
  return value.padStart(14, '0')
}

/** Qualifiers in the order of their key; attributes that may be attributes, and that do not belong in the path. */
function checkPlaces(
  path: readonly Pair[],
  query: readonly Pair[],
  reading: Reading,
  context: ReadContext,
  offset: number,
): void {
  const [key, ...qualifiers] = path
  const sequences = (key && lookUp(context, key.ai)?.keyQualifiers) ?? []
  const names = qualifiers.map(({ ai }) => ai)
  const fitting = sequences.filter((sequence) => isOrderedPart(names, sequence))
  if (names.length > 0 && fitting.length === 0) {
    const detail = [key?.ai, ...names].join(', ')
    reading.problems.push({
      code: 'qualifier_order',
      ai: key!.ai,
      position: offset + Math.max(0, path[1]!.at),
      detail,
    })
  }
  for (const { ai, at, text } of query) {
    const where = { ai, position: at < 0 ? undefined : offset + at, length: text.length }
    if (fitting.some((sequence) => sequence.includes(ai) && !names.includes(ai))) {
      reading.problems.push({ code: 'belongs_in_path', ...where })
    } else if (!lookUp(context, ai)?.isAttribute) reading.problems.push({ code: 'no_attribute', ...where })
  }
}

function isOrderedPart(names: readonly string[], sequence: readonly string[]): boolean {
  let last = -1
  for (const name of names) {
    const place = sequence.indexOf(name)
    if (place <= last) return false
    last = place
  }
  return true
}
