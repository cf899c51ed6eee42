import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkCharacters } from '#server/features/gs1/character-sets.ts'
import type { CharacterSet } from '#server/features/gs1/dictionary.ts'
import type { Flaw } from '#server/features/gs1/flaw.ts'
import { expandUpcE } from '#server/features/gs1/gtin.ts'
import { checkDigitOf } from '#server/features/gs1/linters-numbers.ts'
import { linters, type LinterName } from '#server/features/gs1/linters.ts'
import { percentDecode } from '#server/features/gs1/percent.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { sharedFile } from '#test/support/shared-data.ts'

interface Case {
  id: number
  kind: string
  input: string
  valid: boolean
  normalized: string | null
  element_string?: string
  dl_uri?: string
  hri?: string[]
  markup?: string
  valid_without_requisites?: boolean
  linter?: string
  stem?: string
  as_query?: string
}

const path = sharedFile('gs1-cases.jsonl')
const cases = path
  ? readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case)
  : []
const of = (...kinds: string[]): Case[] => cases.filter(({ kind }) => kinds.includes(kind))

const validate = makeGs1Engine(readBuiltInDictionary())
/** GS1's own engine stands in the year 2021. */
const options = { today: '2021-06-01' }
const kinds = {
  'ai-bracketed': 'bracketed',
  'data-fnc1': 'element_string',
  'dl-uri': 'digital_link',
  scan: 'scan',
  gtin: 'gtin',
} as const
const codes = of(...Object.keys(kinds)).map((one) => ({ ...one, kind: one.kind as keyof typeof kinds }))

/** `AB*_*C`, as the dictionary's own tests mark what is wrong. */
function marked(text: string, flaw: Flaw | undefined): string | undefined {
  if (!flaw) return undefined
  const end = flaw.at + flaw.length
  return `${text.slice(0, flaw.at)}*${text.slice(flaw.at, end)}*${text.slice(end)}`
}

const sets: Record<string, CharacterSet> = { csetnumeric: 'N', cset82: 'X', cset39: 'Y', cset64: 'Z' }

describe.skipIf(!path)(
  'the cases of GS1’s own tools, BWIPP, zint and biip (skipped where they are absent)',
  () => {
    it('have the verdict that they have there', () => {
      const wrong = codes.filter((one) => validate(one.input, options, kinds[one.kind]).valid !== one.valid)
      expect(wrong).toEqual([])
      expect(codes.length).toBeGreaterThan(1_000)
    })

    it('have it without being told what they are, but for digits of which nobody can say', () => {
      const wrong = codes.filter(({ input, valid }) => validate(input, options).valid !== valid)
      // “963” is no GTIN, and an element string of AI 96.
      expect(wrong.map(({ kind, input }) => [kind, input])).toEqual([['gtin', '963']])
    })

    it('are valid without requisites where those alone are missing', () => {
      const some = codes.filter((one) => one.valid_without_requisites)
      const off = { ...options, requisites: 'off' } as const
      expect(some.filter((one) => !validate(one.input, off, kinds[one.kind]).valid)).toEqual([])
      expect(some.length).toBeGreaterThan(100)
    })

    it('are written in the normal forms, byte by byte', () => {
      for (const one of codes.filter(({ valid, kind }) => valid && kind !== 'gtin')) {
        const result = validate(one.input, options, kinds[one.kind])
        expect([one.id, result.element_string]).toEqual([one.id, one.normalized])
        if (one.hri) expect([one.id, result.hri]).toEqual([one.id, one.hri])
        expect([one.id, result.digital_link]).toEqual([one.id, one.dl_uri ?? null])
        // What QR codes without GS1 data hold is no element string, though GS1's engine calls it its data.
        const isText = /^\][QdJ][01]/.test(one.input) && !one.input.startsWith(']J1')
        if (one.element_string !== undefined && !isText && one.kind !== 'dl-uri') {
          expect([one.id, result.unbracketed]).toEqual([one.id, one.element_string])
        }
      }
    })

    it('are wrong where they are wrong there', () => {
      const some = codes.filter(({ valid, markup }) => !valid && markup !== undefined)
      const differing = some.filter(({ input, kind, markup = '' }) => {
        const [, ai, before = '', wrong = ''] = /^\((\d+)\)([^|]*)\|([^]*)\|[^|]*$/.exec(markup) ?? []
        const error = validate(input, options, kinds[kind]).errors[0]
        return error?.ai !== ai || error?.value_position !== before.length || error.length !== wrong.length
      })
      expect(some.length).toBeGreaterThan(150)
      expect(differing.map(({ id }) => id)).toEqual([])
    })

    it('say where in the input it is', () => {
      for (const { id, input, kind } of codes) {
        for (const { position, value_position, ai, length } of validate(input, options, kinds[kind]).errors) {
          if (position === null) continue
          expect([id, position >= 0 && position + length <= Math.max(1, input.length)]).toEqual([id, true])
          if (kind !== 'ai-bracketed' || value_position === null || input.includes(String.raw`\(`)) continue
          expect([id, input.slice(0, position - value_position).endsWith(`(${ai})`)]).toEqual([id, true])
        }
      }
    })

    it('give GTINs of fourteen digits', () => {
      const some = of('gtin').filter(({ valid }) => valid)
      expect(some.map(({ input }) => validate(input, options, 'gtin').gtin)).toEqual(
        some.map(({ normalized }) => normalized),
      )
      for (const { input, normalized } of of('upce-expand')) expect(expandUpcE(input)).toBe(normalized)
      for (const { input, normalized } of of('check-digit'))
        expect(String(checkDigitOf(input))).toBe(normalized)
    })

    it('pass and fail the checks of content, at the same place', () => {
      for (const { id, input, linter = '', valid, markup } of of('linter')) {
        const set = sets[linter]
        const flaw = set ? checkCharacters(set, input) : linters[linter as LinterName](input)
        expect([id, flaw === undefined, marked(input, flaw)]).toEqual([id, valid, valid ? undefined : markup])
      }
    })

    it('become Digital Links, and short ones', () => {
      for (const { input, stem, normalized } of of('ai-to-dl')) {
        const chosen = stem === undefined ? {} : { digital_link_stem: stem }
        expect(validate(input, { ...options, requisites: 'off', ...chosen }).digital_link).toBe(normalized)
      }
      for (const { input, normalized } of of('dl-compress')) {
        expect(validate(input, options).digital_link_compressed).toBe(normalized)
        expect(validate(normalized ?? '', options).element_string).toBe(
          validate(input, options).element_string,
        )
      }
    })

    it('have their percent-encoding undone', () => {
      for (const { input, normalized, as_query } of of('percent-decode')) {
        expect([percentDecode(input, false), percentDecode(input, true)]).toEqual([normalized, as_query])
      }
    })
  },
)
