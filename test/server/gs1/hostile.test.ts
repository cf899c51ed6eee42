import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'

const dictionary = readBuiltInDictionary()
const validate = makeGs1Engine(dictionary)
const kinds = ['auto', 'bracketed', 'element_string', 'scan', 'digital_link', 'gtin'] as const
const pieces = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '\\(',
    '^',
    '\u001d',
    '<GS>',
    '|',
    ']e0',
    ']d2',
    '(01)',
    '/01/',
    '?',
    '&',
    '=',
    '%',
    '#',
  ),
  fc.constantFrom('https://a/', '09506000134376', '8110', '8030', '/10/', '\0', '\ud800', 'é', '\n'),
  fc.constantFrom(...dictionary.entries.keys()),
  fc.string({ maxLength: 12 }),
)
const nasty = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''))

describe('any text at all', () => {
  it('gets an answer, and its places are within it', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom(...kinds), fc.boolean(), (input, kind, lenient) => {
        const given = { unknown_ais: lenient ? 'allow' : 'reject', zero_suppressed_gtin: lenient } as const
        const { valid, errors } = validate(input, given, kind)
        expect(valid).toBe(errors.length === 0)
        for (const { message, position, value_position } of errors) {
          expect(message).not.toMatch(/undefined|\$ai|\$detail/)
          expect(position === null || (position >= 0 && position <= input.length)).toBe(true)
          expect(value_position === null || value_position >= 0).toBe(true)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('is read the same again from what was made of it', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('!"%&\'()*+,-./0129:;<=>?ABZ_abz')),
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(text, text, (lot, serial) => {
        const made = `(01)09506000134376(10)${lot.replaceAll('(', '\\(')}(21)${serial.replaceAll('(', '\\(')}`
        const { valid, digital_link, digital_link_compressed, unbracketed } = validate(made)
        expect(valid).toBe(true)
        for (const other of [digital_link, digital_link_compressed, unbracketed]) {
          const again = validate(other ?? '')
          expect([other, again.valid, again.element_string]).toEqual([other, true, made])
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['brackets', '('.repeat(1_000_000)],
    ['closed brackets', '()'.repeat(500_000)],
    ['separators', '^'.repeat(1_000_000)],
    ['escapes', `(10)${'\\('.repeat(500_000)}`],
    ['equals signs', `(8030)${'='.repeat(1_000_000)}`],
    ['equals signs that do not end it', `(8030)${'='.repeat(1_000_000)}A`],
    ['slashes', `https://a${'/'.repeat(1_000_000)}`],
    ['keys', `https://a${'/01/09506000134377'.repeat(50_000)}`],
    ['attributes', `https://a/01/09506000134376?${'99=A&'.repeat(200_000)}`],
    ['percent signs', `https://a/01/${'%'.repeat(1_000_000)}`],
    ['one word', `https://a/${'Z'.repeat(1_000_000)}`],
    ['blanks', `${' '.repeat(1_000_000)}x`],
    ['line ends', `${'\r\n'.repeat(500_000)}x`],
    ['digits', '1'.repeat(1_000_000)],
    ['internal values', `]d2${'99A\u001d'.repeat(250_000)}`],
  ])('of a million characters is answered at once: %s', (_, input) => {
    const start = performance.now()
    expect(validate(input).valid).toBe(false)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
