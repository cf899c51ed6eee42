import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyRecord } from '#server/features/recall-actions/verify-record.ts'
import { hostileTexts } from './hostile-texts.ts'
import { startRecordServer } from './record-server.ts'

const here = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'qrscan-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A record of twenty entries with corrections and hostile notes, made by the real server. */
let record: string
let lines: string[]
let heads: string[]
beforeAll(async () => {
  await using server = await startRecordServer()
  const ids: string[] = []
  for (const [at, text] of hostileTexts.entries()) {
    const supersedes_id = at % 5 === 4 ? ids[at - 2]! : null
    const body = {
      action: 'destroyed' as const,
      quantity: at,
      note: text,
      place: text.slice(0, 100),
      scan: text,
    }
    ids.push((await server.act({ ...body, supersedes_id })).id)
    // Another recall's entries lie between.
    if (at % 3 === 0) await server.act({ action: 'returned', quantity: 1 }, await server.seed())
  }
  record = (await server.file('jsonl')).toString()
  lines = record.trimEnd().split('\n')
  heads = lines.slice(1).map((line) => (JSON.parse(line) as { hash: string }).hash)
}, 60_000)

const joined = (some: readonly string[]) => `${some.join('\n')}\n`
const verdictOf = (some: readonly string[]) => verifyRecord(joined(some)).problem

/** Changes an entry and seals it again, as somebody would who has read the documentation. */
function forged(line: string, change: Record<string, unknown>): string {
  const { entry } = JSON.parse(line) as { entry: Record<string, unknown> }
  const sorted = Object.entries({ ...entry, ...change }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify(Object.fromEntries(sorted))
  return `{"entry":${text},"hash":"${createHash('sha256').update(text).digest('hex')}"}`
}

const headed = (change: object) => JSON.stringify({ ...(JSON.parse(lines[0]!) as object), ...change })

/** Whatever was done to a record, and what every verifier must say of it. */
function forgeries(): [name: string, lines: string[], kind: string, line: number][] {
  const [at4, at5, at6] = [lines[4]!, lines[5]!, lines[6]!]
  return [
    ['changed', lines.with(5, at5.replace('"quantity":4', '"quantity":5')), 'changed', 6],
    ['changed and sealed again', lines.with(5, forged(at5, { quantity: 99 })), 'changed', 6],
    ['written with a blank', lines.with(5, at5.replace('"entry":', '"entry": ')), 'changed', 6],
    [
      'given a key twice',
      lines.with(5, at5.replace('"quantity":4', '"quantity":9,"quantity":4')),
      'changed',
      6,
    ],
    ['given a number as 4.0', lines.with(5, at5.replace('"quantity":4', '"quantity":4.0')), 'changed', 6],
    ['removed', lines.toSpliced(5, 1), 'removed', 6],
    ['removed from the start', lines.toSpliced(1, 1), 'removed', 2],
    ['removed from the end', lines.slice(0, -1), 'removed', 20],
    ['reordered', lines.with(5, at6).with(6, at5), 'reordered', 6],
    ['inserted twice', lines.toSpliced(6, 0, at5), 'inserted', 7],
    ['inserted anew', lines.toSpliced(5, 0, forged(at4, { id: 'new', recall_sequence: 5 })), 'changed', 5],
    [
      'inserted anew and well chained',
      lines.toSpliced(5, 0, forged(at5, { id: 'new', note: 'never happened' })),
      'inserted',
      7,
    ],
    [
      'added at the end',
      [...lines, forged(lines.at(-1)!, { recall_sequence: 21, recall_previous_hash: heads.at(-1) })],
      'inserted',
      22,
    ],
    ['of another recall', lines.with(0, lines[0]!.replace(/"id":"[^"]+"/, '"id":"other"')), 'inserted', 2],
    ['empty where it was not', [lines[0]!], 'removed', 1],
    ['headless', lines.slice(1), 'unreadable', 1],
    ['no JSON', lines.with(5, 'rubbish'), 'unreadable', 6],
    ['a list', lines.with(5, '[]'), 'unreadable', 6],
    ['with another end announced', lines.with(0, headed({ entries: 19 })), 'inserted', 21],
  ]
}

/** As both programs read a file: bytes that are no UTF-8 are no record. */
function isIntact(bytes: Buffer): boolean {
  try {
    return verifyRecord(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).intact
  } catch {
    return false
  }
}

describe('the verifier of a record', () => {
  it('finds nothing wrong with one that the server gave', () => {
    expect(verifyRecord(record)).toEqual({ intact: true, entries: 20, head: heads.at(-1), problem: null })
  })

  it('says what was done to it, and where', () => {
    const said = forgeries().map(([name, some]) => {
      const problem = verdictOf(some)
      return [name, problem?.kind, problem?.line]
    })
    const truth = forgeries().map(([name, , kind, line]) => [name, kind, line])
    expect(said).toEqual(truth)
  })

  it('finds a record that was cut off and given a new head only by a hash handed out earlier', () => {
    const cut = joined([headed({ entries: 10, head: heads[9] }), ...lines.slice(1, 11)])
    expect(verifyRecord(cut).intact).toBe(true)
    expect(verifyRecord(cut, [heads[9]!, heads[3]!.toUpperCase()]).intact).toBe(true)
    expect(verifyRecord(cut, [heads[15]!]).problem).toMatchObject({ kind: 'removed' })
  })

  it('notices any one byte that is another', () => {
    const bytes = Buffer.from(record)
    const start = bytes.indexOf(0x0a) + 1
    const byte = fc.integer({ min: start, max: bytes.length - 2 })
    fc.assert(
      fc.property(byte, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const other = Buffer.from(bytes)
        other[at] = other[at]! ^ flip
        expect(isIntact(other)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('never fails on rubbish', () => {
    const piece = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{}', '[]', 'null', '{"entry":null}'))
    fc.assert(
      fc.property(fc.array(piece), (some) => {
        expect(verifyRecord(some.join('\n')).intact).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the verifier that needs Node alone', () => {
  const script = here('bin/verify-recall-record.mjs')

  it('imports nothing but Node', () => {
    const imports = [...readFileSync(script, 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g)]
    expect(imports.length).toBeGreaterThan(0)
    for (const [, from] of imports) expect(from).toMatch(/^node:/)
  })

  it('agrees with the other in verdict, kind and line, of good records and forged ones', () => {
    expect(judge(script, joined(lines))).toMatchObject({
      status: 0,
      verdict: { intact: true, problem: null },
    })
    for (const [name, some, kind, line] of forgeries())
      expect([name, judge(script, joined(some))]).toMatchObject([
        name,
        { status: 1, verdict: { intact: false, problem: { kind, line } } },
      ])
  }, 60_000)

  it('holds a record against hashes that were handed out, and refuses words that are none', () => {
    const path = write(record)
    const run = (...words: string[]) => spawnSync(process.execPath, [script, path, ...words])
    expect(run('--head', heads[3]!).status).toBe(0)
    expect(run('--head', 'f'.repeat(64)).status).toBe(1)
    expect(run('--head', 'short').status).toBe(2)
    expect(spawnSync(process.execPath, [script, join(folder, 'nowhere')]).status).toBe(2)
  })
})

describe('qrscan recall verify', () => {
  const cli = here('src/server/cli/qrscan.ts')
  const run = (...words: string[]) => spawnSync(process.execPath, [cli, 'recall', ...words])

  it('says that a record is intact, or where it is broken, in words and in JSON', () => {
    const good = run('verify', write(record), '--head', heads[2]!)
    expect(good.stdout.toString()).toBe(`Intact: 20 entries, the last is ${heads.at(-1)}\n`)
    expect(good.status).toBe(0)
    const broken = write(joined(lines.toSpliced(5, 1)))
    expect(run('verify', broken)).toMatchObject({ status: 1 })
    expect(run('verify', broken).stdout.toString()).toBe('Broken in line 6: Entry 5 is missing.\n')
    const { problem } = JSON.parse(run('verify', broken, '--json').stdout.toString()) as { problem: object }
    expect(problem).toMatchObject({ kind: 'removed', line: 6, entry: 5 })
  }, 60_000)

  it.each([
    ['no verb', []],
    ['no file', ['verify']],
    ['two files', ['verify', 'a', 'b']],
    ['a file that is not there', ['verify', join(folder, 'nowhere')]],
    ['a hash that is none', ['verify', 'a', '--head', 'xyz']],
  ])(
    'is a wrong call with %s',
    (_, words) => {
      expect(run(...words).status).toBe(2)
    },
    60_000,
  )
})

describe('a verifier in Python, as the documentation prints it', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0

  it.skipIf(!hasPython)(
    'agrees too (skipped where there is no python3)',
    () => {
      const [, source = ''] =
        /```python\n([^]+?)```/.exec(readFileSync(here('docs/recall-record.md'), 'utf8')) ?? []
      const script = join(folder, 'verify.py')
      writeFileSync(script, source)
      const run = (text: string, ...known: string[]) =>
        spawnSync('python3', [script, write(text), ...known]).status
      expect(run(record, heads[0]!)).toBe(0)
      expect(run(record, 'f'.repeat(64))).not.toBe(0)
      for (const [name, some] of forgeries()) expect([name, run(joined(some)) === 0]).toEqual([name, false])
    },
    60_000,
  )
})

function write(text: string): string {
  const path = join(folder, 'record.jsonl')
  writeFileSync(path, text)
  return path
}

function judge(script: string, text: string): { status: number | null; verdict: unknown } {
  const { status, stdout } = spawnSync(process.execPath, [script, write(text), '--json'])
  return { status, verdict: JSON.parse(stdout.toString()) as unknown }
}
