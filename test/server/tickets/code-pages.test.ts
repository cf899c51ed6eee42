import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { canEncode, encodeText, pagesFor } from '#server/features/tickets/code-pages.ts'
import { codePageTables } from '#server/features/tickets/code-page-tables.ts'
import { listProfiles } from '#server/features/tickets/printer-profiles.ts'
import type { CodePageName } from '#server/features/tickets/profile.ts'
import { sharedFile } from '#test/support/shared-data.ts'
import { profileOf } from './sample-ticket.ts'

const names = Object.keys(codePageTables) as CodePageName[]
const high = Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128))

/** Bytes 80–FF of each page as Python reads them; undefined where there is no Python. */
function readByPython(): Record<string, string> | undefined {
  const script =
    'import json,sys\n' +
    'def one(b,n):\n' +
    ' try: return bytes([b]).decode(n)\n' +
    ' except UnicodeDecodeError: return "\\ufffd"\n' +
    'print(json.dumps({n:"".join(one(b,n) for b in range(128,256)) for n in sys.argv[1:]}))'
  const { status, stdout } = spawnSync('python3', ['-c', script, ...names], { encoding: 'utf8' })
  return status === 0 ? (JSON.parse(stdout) as Record<string, string>) : undefined
}

const python = readByPython()

describe.skipIf(python === undefined)(
  'against the codecs of Python (skipped where python3 is missing)',
  () => {
    test.each(names)('every byte of %s is the same character', (name) => {
      expect(codePageTables[name]).toBe(python![name])
    })
  },
)

test.each(names)('every byte of %s is the same character for iconv-lite, or it knows none', (name) => {
  const judged = iconv.decode(high, name).split('')
  const ours = codePageTables[name].split('')
  const differing = judged.flatMap((character, index) =>
    // It fills gaps of the windows pages with control characters.
    character === ours[index] || /[\u0080-\u009F\uFFFD]/.test(character) ? [] : [[character, ours[index]]],
  )
  expect(differing).toEqual([])
  expect(ours).toHaveLength(128)
})

test.each(names)('what %s can encode is read back the same', (name) => {
  const text = codePageTables[name]
    .split('')
    .filter((character) => canEncode(character, name))
    .join('')
  expect(text.length).toBeGreaterThan(100)
  expect(iconv.decode(encodeText(text, name), name)).toBe(text)
})

const capabilities = sharedFile('escpos-capabilities.json')

describe.skipIf(capabilities === undefined)('page numbers (skipped without the printer database)', () => {
  interface Capabilities {
    profiles: Record<string, { codePages: Record<string, string> }>
  }
  const { profiles } = JSON.parse(readFileSync(capabilities!, 'utf8')) as Capabilities
  test.each([
    ['epson-tm-t20', 'TM-T20III'],
    ['epson-tm-t20', 'TM-T20II'],
    ['epson-tm-t88', 'TM-T88V'],
    ['epson-tm-t88-old', 'TM-T88IV'],
    ['epson-tm-m30', 'TM-m30III'],
    ['epson-tm-t70', 'TM-T70II'],
    ['star-tsp650', 'TSP600'],
    ['star-tsp100', 'mcPrint'],
    ['bixolon-80', 'SRP-S300'],
    ['citizen-80', 'CT-S651'],
    ['sunmi-58', 'Sunmi-V2'],
    ['rongta-80', 'RP326'],
    ['rongta-80', 'RP332'],
    ['generic-80', 'RP326'],
    ['xprinter-58', 'POS-5890'],
    ['xprinter-58', 'NT-5890K'],
    ['generic-80', 'safe'],
    ['generic-58', 'safe'],
  ])('%s has only pages that the database knows of %s', (id, model) => {
    const pages = profiles[model]!.codePages
    for (const { page, name } of profileOf(id).codePages) expect(pages[page]?.toLowerCase()).toBe(name)
  })
})

test('every profile has an id of its own, begins with cp437, and has room for its columns', () => {
  const profiles = listProfiles()
  expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length)
  for (const { codePages, columns, dots } of profiles) {
    expect(codePages[0]!.name).toBe('cp437')
    expect(new Set(codePages.map(({ page }) => page)).size).toBe(codePages.length)
    expect(columns * 12).toBeLessThanOrEqual(dots)
  }
})

test('the euro sign goes through cp858 and cp1252 alone', () => {
  for (const name of names) expect(canEncode('€', name)).toBe(name === 'cp858' || name === 'cp1252')
  expect(pagesFor('€', profileOf('epson-tm-t20')).map(({ name }) => name)).toEqual(['cp1252', 'cp858'])
  expect(encodeText('€', 'cp858')).toEqual(Buffer.from([0xd5]))
  expect(encodeText('€', 'cp1252')).toEqual(Buffer.from([0x80]))
})

test('no control character is on any page', () => {
  for (const name of names) {
    for (let code = 0; code < 0xa0; code++) {
      if (code >= 0x20 && code < 0x7f) continue
      expect(canEncode(String.fromCharCode(code), name)).toBe(false)
    }
  }
})
