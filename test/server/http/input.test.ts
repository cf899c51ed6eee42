import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanInput } from '#server/http/input.ts'

describe('input', () => {
  it('loses the blanks around its texts, on every level, and empty texts become null', () => {
    expect(
      cleanInput({ a: '  x ', b: '   ', c: '', d: [' y ', { e: '\u00A0\u200Bz\u3000\n' }], n: 1, t: true }),
    ).toEqual({
      a: 'x',
      b: null,
      c: null,
      d: ['y', { e: 'z' }],
      n: 1,
      t: true,
    })
  })

  it('keeps the blanks of passwords', () => {
    expect(
      cleanInput({ password: ' x ', inner: { current_password: '  ' }, password_confirmation: '' }),
    ).toEqual({
      password: ' x ',
      inner: { current_password: '  ' },
      password_confirmation: null,
    })
  })

  it('keeps to the letter what it is told to', () => {
    const input = { text: ' a\n', cells: { 0: ' b ', 1: '' }, other: { text: ' c ' }, rows: [{ raw: '\t' }] }
    expect(cleanInput(input, ['text', 'cells.*', 'rows.*.raw'])).toEqual({
      text: ' a\n',
      cells: { 0: ' b ', 1: '' },
      other: { text: 'c' },
      rows: [{ raw: '\t' }],
    })
  })

  it('drops keys that reach for a prototype', () => {
    const input: unknown = JSON.parse(
      '{"__proto__":{"x":1},"a":{"constructor":1,"prototype":2,"b":3},"l":[{"__proto__":1}]}',
    )
    expect(JSON.stringify(cleanInput(input))).toBe('{"a":{"b":3},"l":[{}]}')
  })

  it('survives any depth', () => {
    const deep: unknown = JSON.parse('['.repeat(5000) + ']'.repeat(5000))
    expect(JSON.stringify(cleanInput(deep)).length).toBeLessThan(300)
  })

  it('takes linear time on long runs of blanks', () => {
    const started = performance.now()
    cleanInput({ a: `x${' '.repeat(1_000_000)}y` })
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('is the same when cleaned twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = cleanInput(value)
        expect(cleanInput(once)).toEqual(once)
      }),
    )
  })
})
