import { canonicalJson, type Json } from './canonical-json.ts'
import { noHash, sha256 } from './entry.ts'

export const recordFormat = 'qrscan-recall-record/1'

/** The first line of a record: what follows, and where it ends. */
export interface RecordHead {
  record: typeof recordFormat
  recall: { id: string; title: string; status: string; is_mock: boolean; revision: number }
  entries: number
  head: string
  exported_at: string
}

type Fault = 'unreadable' | 'changed' | 'removed' | 'reordered' | 'inserted'

export interface RecordVerdict {
  intact: boolean
  entries: number
  /** Hash of the last entry. */
  head: string
  /** Where it breaks first: `line` counts from 1, `entry` is the number in this recall. */
  problem: { kind: Fault; line: number; entry: number | null; message: string } | null
}

/** An entry as the chain sees it. */
interface Link {
  line: number
  number: number
  hash: string
  previous: string
  entry: Record<string, Json>
}

class Broken extends Error {
  readonly problem: NonNullable<RecordVerdict['problem']>

  constructor(kind: Fault, line: number, entry: number | null, message: string) {
    super(message)
    this.problem = { kind, line, entry, message }
  }
}

/**
 * Judges the record of a recall from its JSONL text alone. `knownHeads` are hashes that were handed out earlier, on a
 * printed report for instance: each must still be there, or the record was written anew from before it.
 */
export function verifyRecord(text: string, knownHeads: readonly string[] = []): RecordVerdict {
  const links: Link[] = []
  try {
    const [first = '', ...rest] = text.replace(/\n$/, '').split('\n')
    const head = readHead(first)
    for (const [at, line] of rest.entries()) links.push(readLink(line, at + 2))
    checkOrder(links)
    checkContents(links, head.recall.id)
    checkEnd(links, head)
    checkKnownHeads(links, knownHeads)
  } catch (error) {
    if (error instanceof Broken) return verdictOf(links, error.problem)
    throw error
  }
  return verdictOf(links, null)
}

function verdictOf(links: readonly Link[], problem: RecordVerdict['problem']): RecordVerdict {
  return { intact: problem === null, entries: links.length, head: links.at(-1)?.hash ?? noHash, problem }
}

function readHead(line: string): RecordHead {
  const head = parse(line, 1) as unknown as Partial<RecordHead>
  if (head.record !== recordFormat || typeof head.recall?.id !== 'string')
    throw new Broken('unreadable', 1, null, `The first line does not say that this is a ${recordFormat}.`)
  return head as RecordHead
}

function readLink(line: string, at: number): Link {
  const { entry, hash } = parse(line, at) as { entry?: Record<string, Json>; hash?: Json }
  if (typeof entry !== 'object' || entry === null || typeof hash !== 'string')
    throw new Broken('unreadable', at, null, `Line ${at} is no entry with its hash.`)
  const { recall_sequence: number, recall_previous_hash: previous } = entry
  if (typeof number !== 'number' || typeof previous !== 'string')
    throw new Broken('unreadable', at, null, `The entry of line ${at} has no number or no hash before it.`)
  const canonical = canonicalText({ entry, hash }, at)
  if (canonical !== line)
    throw new Broken('changed', at, number, `Entry ${number} is not written as the record writes it.`)
  if (sha256(canonicalJson(entry)) !== hash)
    throw new Broken('changed', at, number, `Entry ${number} was changed: it does not give its own hash.`)
  return { line: at, number, hash, previous, entry }
}

function parse(line: string, at: number): Record<string, Json> {
  try {
    const value = JSON.parse(line) as Json
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, Json>
  } catch {
    // Told below.
  }
  throw new Broken('unreadable', at, null, `Line ${at} is no JSON object.`)
}

function canonicalText(value: Json, at: number): string {
  try {
    return canonicalJson(value)
  } catch {
    throw new Broken('changed', at, null, `Line ${at} holds a number that the record never writes.`)
  }
}

/** Numbers run from 1 without a gap, and each entry names the hash of the one before. */
function checkOrder(links: readonly Link[]): void {
  const places = new Map<number, number>()
  for (const { number, line } of links) if (!places.has(number)) places.set(number, line)
  let before: Link | undefined
  for (const link of links) {
    checkNumber(link, (before?.number ?? 0) + 1, places)
    if (link.previous !== (before?.hash ?? noHash)) {
      const message = before
        ? `Entry ${before.number} is not the one that entry ${link.number} was written after: it was changed and sealed again, or put in its place.`
        : 'Entry 1 was written after another entry, which is not here.'
      throw new Broken(
        before ? 'changed' : 'removed',
        before?.line ?? link.line,
        before?.number ?? 1,
        message,
      )
    }
    before = link
  }
}

function checkNumber({ number, line }: Link, expected: number, places: ReadonlyMap<number, number>): void {
  if (number === expected) return
  if (number < expected) {
    const message = `There is a second entry ${number}: one was put in.`
    throw new Broken('inserted', line, number, message)
  }
  const later = places.get(expected)
  if (later !== undefined)
    throw new Broken(
      'reordered',
      line,
      number,
      `Entry ${expected} comes after entry ${number}, in line ${later}.`,
    )
  const message =
    number === expected + 1
      ? `Entry ${expected} is missing.`
      : `Entries ${expected} to ${number - 1} are missing.`
  throw new Broken('removed', line, expected, message)
}

/** What the rules of the record forbid, however well it is sealed. */
function checkContents(links: readonly Link[], recallId: string): void {
  const seen = new Set<Json>()
  const corrected = new Set<Json>()
  for (const { entry, line, number } of links) {
    const { id, recall_id, supersedes_id } = entry
    const say = (message: string) => new Broken('inserted', line, number, message)
    if (recall_id !== recallId) throw say(`Entry ${number} is of another recall.`)
    if (seen.has(id!)) throw say(`Entry ${number} has the id of an earlier one.`)
    if (typeof supersedes_id === 'string') {
      if (!seen.has(supersedes_id)) throw say(`Entry ${number} corrects what was not there before it.`)
      if (corrected.has(supersedes_id)) throw say(`Entry ${number} corrects what was corrected already.`)
      corrected.add(supersedes_id)
    }
    seen.add(id!)
  }
}

function checkEnd(links: readonly Link[], head: RecordHead): void {
  const end = links.at(-1)?.hash ?? noHash
  if (links.length === head.entries && end === head.head) return
  const kind = links.length > head.entries ? 'inserted' : 'removed'
  const message = `The record says that it has ${head.entries} entries and ends with ${head.head}; here are ${links.length}, and the last is ${end}.`
  throw new Broken(kind, links.length + 1, links.length, message)
}

function checkKnownHeads(links: readonly Link[], knownHeads: readonly string[]): void {
  const hashes = new Set(links.map(({ hash }) => hash)).add(noHash)
  const lost = knownHeads.find((head) => !hashes.has(head.toLowerCase()))
  if (lost === undefined) return
  const message = `No entry has the hash ${lost}, which was handed out earlier: the record was cut off or written anew.`
  throw new Broken('removed', links.length + 1, null, message)
}
