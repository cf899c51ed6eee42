import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { validateGs1 } from '#contract/gs1.ts'
import { dictionaryIn, loadDictionary } from '#server/features/gs1/load-dictionary.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { startTestServer } from '#test/support/server.ts'

const validate = makeGs1Engine(readBuiltInDictionary())
const today = '2026-11-23'
const gtin = '09506000134376'

describe('what a scanner sends', () => {
  it.each([
    ['GS', `]d201${gtin}10ABC\u001d21XYZ`],
    ['no symbology identifier', `01${gtin}10ABC\u001d21XYZ`],
    ['<GS>', `01${gtin}10ABC<GS>21XYZ`],
    ['{GS}', `01${gtin}10ABC{GS}21XYZ`],
    ['a GS before all', `\u001d01${gtin}10ABC\u001d21XYZ`],
    ['Alt+029 as text', `01${gtin}10ABCAlt+02921XYZ`],
    ['a line end after it', `]d201${gtin}10ABC\u001d21XYZ\r\n`],
    ['FNC1 as ^', `^01${gtin}10ABC^21XYZ`],
    ['a link in capitals', `HTTPS://EXAMPLE.COM/01/${gtin}/10/ABC/21/XYZ`],
  ])('is the same, with %s', (_, input) => {
    const { valid, element_string, gtin: found } = validate(input)
    expect([valid, element_string, found]).toEqual([true, `(01)${gtin}(10)ABC(21)XYZ`, gtin])
  })

  it('keeps its good parts beside a bad one, and says where that is', () => {
    const result = validate('(01)09506000134377(10)ABC(17)271301')
    expect(result).toMatchObject({ valid: false, gtin: null, digital_link: null })
    expect(result.elements.map(({ ai, value }) => [ai, value])).toContainEqual(['10', 'ABC'])
    expect(result.errors).toMatchObject([
      { code: 'check_digit', ai: '01', value_position: 13, position: 17, length: 1 },
      { code: 'illegal_month', ai: '17', value_position: 2, position: 31, length: 2 },
    ])
  })

  it('is judged over all the carriers of an item', () => {
    expect(validate('(10)ABC').errors).toMatchObject([{ code: 'required_ai', ai: '10' }])
    expect(validate('(10)ABC', { requisites: 'warn' })).toMatchObject({ valid: true, errors: [] })
    expect(validate([`(01)${gtin}`, '(10)ABC'])).toMatchObject({
      valid: true,
      gtin,
      digital_link: `https://id.gs1.org/01/${gtin}/10/ABC`,
    })
    expect(validate([']E09506000134376', ']d210ABC'])).toMatchObject({ valid: true, gtin })
    expect(validate([`(01)${gtin}(10)ABC`, '(10)ABD']).errors).toMatchObject([
      { code: 'different_values', ai: '10' },
    ])
  })

  it('has identifiers that the table lacks only where the caller allows them', () => {
    const input = `(01)${gtin}(89)NEW`
    expect(validate(input).errors).toMatchObject([{ code: 'unknown_ai', position: 19, length: 2 }])
    expect(validate(input, { unknown_ais: 'allow' })).toMatchObject({ valid: true, digital_link: null })
  })

  it('has a GTIN without its zeros in a link only where the caller allows it', () => {
    const link = 'https://example.com/01/9506000134376'
    expect(validate(link)).toMatchObject({ valid: false, gtin: null })
    const { valid, gtin: found, warnings } = validate(link, { zero_suppressed_gtin: true })
    expect([valid, found, warnings.map(({ code }) => code)]).toEqual([true, gtin, ['zero_suppressed_gtin']])
  })

  it('may be UPC-E, which is said', () => {
    expect(validate('04252614')).toMatchObject({ valid: true, gtin: '00042100005264' })
    expect(validate('04252614').warnings).toMatchObject([{ code: 'upc_e_expanded' }])
    // Right as GTIN-8 too, which is what it is taken for.
    expect(validate('02345147')).toMatchObject({ valid: true, gtin: '00000002345147' })
    expect(validate('02345147').warnings).toMatchObject([{ code: 'upc_e' }])
  })
})

describe('a value for people', () => {
  it.each([
    ['(17)271231', '2027-12-31'],
    ['(17)270200', '2027-02'],
    ['(11)771231', '1977-12-31'],
    ['(11)761231', '2076-12-31'],
    ['(3103)001250', '1.250 kg'],
    ['(3922)1299', '12.99'],
    ['(3932)9781299', '12.99 EUR'],
    ['(7003)2712312359', '2027-12-31T23:59'],
    ['(7007)271201271231', '2027-12-01/2027-12-31'],
    ['(8008)27123123', '2027-12-31T23:00'],
    ['(4331)001850-', '-18.50 °C'],
    ['(10)271231', '271231'],
  ])('of %s is %s', (input, display) => {
    expect(validate(input, { today, requisites: 'off' }).elements[0]?.display).toBe(display)
  })
})

describe('the table of application identifiers', () => {
  const newer = '# Release: 2027-01-15\n01 *? N14,csum,gcppos2 dlpkey=22,10,21 # GTIN\n7777 ? X..5 # NEW\n'

  it('is taken from the data folder, with its own version', async () => {
    await using folder = await tempFolder()
    await writeFile(join(folder.path, 'gs1-dictionary.txt'), newer)
    const result = makeGs1Engine(dictionaryIn(folder.path, expect.unreachable))('(7777)AB')
    expect(result).toMatchObject({ valid: true, dictionary_version: '2027-01-15' })
    expect(loadDictionary(newer.replace('2027-01-15', 'UNSET')).version).toMatch(/^[0-9a-f]{12}$/)
  })

  it.each([
    ['empty', ''],
    ['another text', 'Dear customer,\nplease find enclosed\n'],
    ['without GTIN', '7777 X..5 # NEW\n'],
    ['with an identifier twice', `${newer}7777 X..5\n`],
    ['with an endless line', `${newer}10${' '.repeat(300_000)}X..20\n`],
    ['far too long', `${newer}${'# \n'.repeat(200_000)}`],
    [
      'with too many identifiers',
      newer + Array.from({ length: 9 }, (_, n) => `${n}000-${n}999 X1\n`).join(''),
    ],
  ])('is refused with a sentence when it is %s, and the built-in one stays', async (_, text) => {
    await using folder = await tempFolder()
    await writeFile(join(folder.path, 'gs1-dictionary.txt'), text)
    const sentences: string[] = []
    const start = performance.now()
    const { version } = dictionaryIn(folder.path, (sentence) => sentences.push(sentence))
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(version).toBe(readBuiltInDictionary().version)
    expect(sentences).toEqual([expect.stringMatching(/^gs1-dictionary\.txt is not used\. Line \d+ of .+\.$/)])
  })
})

describe('POST /api/gs1/validate', () => {
  it('answers a wrong barcode, and refuses a wrong request', async () => {
    await using server = await startTestServer()
    const good = await server.window.call(validateGs1, { body: { input: `(01)${gtin}(17)271231` } })
    expect(good.result).toMatchObject({ valid: true, kind: 'bracketed', gtin })
    const bad = await server.window.call(validateGs1, { body: { input: ['(01)1', ' '], kind: 'auto' } })
    expect(bad.result.valid).toBe(false)
    const call = (body: unknown) =>
      server.fetch('/api/gs1/validate', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const statuses = []
    for (const body of [
      { input: '' },
      {},
      { input: 1 },
      { input: [] },
      { input: 'x', kind: 'y' },
      { input: 'x'.repeat(8_001) },
    ]) {
      statuses.push((await call(body)).status)
    }
    expect(statuses).toEqual([200, 422, 422, 422, 422, 422])
  })
})

async function tempFolder() {
  const path = await mkdtemp(join(tmpdir(), 'qrscan-gs1-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
