#!/usr/bin/env node
// Judges the record of a recall (JSONL) with nothing but Node, 18 or newer. Written apart from the app on purpose:
// docs/recall-record.md is all that the two have in common.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const usage = `node verify-recall-record.mjs FILE [--head HASH]...

Says whether a recall's record is whole and unchanged, and if not, where it breaks first.

  --head HASH   a hash that was handed out earlier (on a printed report): it must be in the record still
  --json        the verdict as JSON

Exit codes: 0 intact, 1 broken, 2 the words of the call are wrong or the file cannot be read
`
const nothing = '0'.repeat(64)

/** RFC 8785 for what a record may hold: objects, arrays, texts, whole numbers, true, false, null. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    // Newer Nodes alone have toSorted.
    // oxlint-disable-next-line unicorn/no-array-sort
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return 'no number of a record'
  return JSON.stringify(value)
}

function parse(line) {
  try {
    const value = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The first thing that is wrong: `{kind, line, entry, message}`; undefined where nothing is. */
function findFault(text, heads) {
  const lines = text.replace(/\n$/, '').split('\n')
  const head = parse(lines[0])
  const fault = (kind, line, entry, message) => ({ kind, line, entry, message })
  if (head?.record !== 'qrscan-recall-record/1' || typeof head.recall?.id !== 'string')
    return fault('unreadable', 1, null, 'The first line is no head of a record.')
  const links = []
  for (let at = 2; at <= lines.length; at += 1) {
    const { entry, hash } = parse(lines[at - 1]) ?? {}
    if (typeof entry?.recall_sequence !== 'number' || typeof entry.recall_previous_hash !== 'string')
      return fault('unreadable', at, null, `Line ${at} is no entry.`)
    const number = entry.recall_sequence
    const bytes = canonical(entry)
    if (`{"entry":${bytes},"hash":${JSON.stringify(hash)}}` !== lines[at - 1])
      return fault('changed', at, number, `Entry ${number} is not in the form that a record has.`)
    if (createHash('sha256').update(bytes, 'utf8').digest('hex') !== hash)
      return fault('changed', at, number, `Entry ${number} does not give its own hash: it was changed.`)
    links.push({ at, entry, hash, number })
  }
  return (
    faultOfOrder(links, fault) ?? faultOfContents(links, head, fault) ?? faultOfEnd(links, head, heads, fault)
  )
}

function faultOfOrder(links, fault) {
  let previous = nothing
  for (const [index, { at, entry, hash, number }] of links.entries()) {
    const wanted = index + 1
    if (number < wanted) return fault('inserted', at, number, `There is a second entry ${number}.`)
    if (number > wanted) {
      return links.some((other) => other.number === wanted)
        ? fault('reordered', at, number, `Entry ${number} stands before entry ${wanted}.`)
        : fault('removed', at, wanted, `Entry ${wanted} is missing.`)
    }
    if (entry.recall_previous_hash !== previous) {
      return index === 0
        ? fault('removed', at, 1, 'Something stood before the first entry.')
        : fault(
            'changed',
            links[index - 1].at,
            index,
            `Entry ${index} is not what entry ${wanted} was written after.`,
          )
    }
    previous = hash
  }
  return undefined
}

function faultOfContents(links, head, fault) {
  const ids = new Set()
  const corrected = new Set()
  for (const { at, entry, number } of links) {
    const { id, recall_id, supersedes_id: old } = entry
    const wrong =
      (recall_id !== head.recall.id && 'is of another recall') ||
      (ids.has(id) && 'has the id of an earlier one') ||
      (typeof old === 'string' && !ids.has(old) && 'corrects what was not there before it') ||
      (typeof old === 'string' && corrected.has(old) && 'corrects what was corrected already')
    if (wrong) return fault('inserted', at, number, `Entry ${number} ${wrong}.`)
    ids.add(id)
    if (typeof old === 'string') corrected.add(old)
  }
  return undefined
}

function faultOfEnd(links, head, heads, fault) {
  const last = links.length === 0 ? nothing : links[links.length - 1].hash
  const [at, number] = [links.length + 1, links.length]
  if (links.length !== head.entries || last !== head.head) {
    const kind = links.length > head.entries ? 'inserted' : 'removed'
    return fault(
      kind,
      at,
      number,
      `${head.entries} entries up to ${head.head} are announced; ${number} are here.`,
    )
  }
  const known = new Set([nothing, ...links.map(({ hash }) => hash)])
  const lost = heads.find((hash) => !known.has(hash.toLowerCase()))
  return (
    lost &&
    fault('removed', at, null, `No entry has the hash ${lost}: the record was cut off or written anew.`)
  )
}

function readWords(words) {
  const asked = { files: [''].slice(1), heads: [''].slice(1), json: false }
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '--json') asked.json = true
    else if (words[at] === '--head') asked.heads.push(words[(at += 1)] ?? '')
    else asked.files.push(words[at])
  }
  const fits = asked.files.length === 1 && !asked.files[0].startsWith('-')
  return fits && asked.heads.every((hash) => /^[0-9a-f]{64}$/i.test(hash)) ? asked : undefined
}

function main() {
  const asked = readWords(process.argv.slice(2))
  if (!asked) {
    process.stderr.write(usage)
    return 2
  }
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(asked.files[0]))
  } catch (error) {
    process.stderr.write(
      `${asked.files[0]} cannot be read as UTF-8 text.${error instanceof Error ? ` ${error.message}` : ''}\n`,
    )
    return 2
  }
  const problem = findFault(text, asked.heads) ?? null
  const head = parse(text.split('\n', 1)[0])
  const verdict = {
    intact: problem === null,
    entries: head?.entries ?? null,
    head: head?.head ?? null,
    problem,
  }
  if (asked.json) process.stdout.write(`${JSON.stringify(verdict)}\n`)
  else if (problem)
    process.stdout.write(`BROKEN, line ${problem.line}: ${problem.message} (${problem.kind})\n`)
  else process.stdout.write(`INTACT: ${head.entries} entries, the last is ${head.head}\n`)
  return problem ? 1 : 0
}

process.exitCode = main()
