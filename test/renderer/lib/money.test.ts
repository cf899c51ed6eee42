import { describe, expect, it } from 'vitest'
import { makeMoney } from '#renderer/lib/money.ts'

/** Without the spaces that keep a line from breaking, which no one can tell apart here. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ')
}

describe('money', () => {
  it('is shown as the person’s locale writes it, with the digits of its currency', () => {
    expect(makeMoney(['en-GB'], 'EUR').show(123_456)).toBe('€1,234.56')
    expect(plainSpaces(makeMoney(['de-AT'], 'EUR').show(750))).toBe('€ 7,50')
    expect(makeMoney(['en'], 'JPY').show(1200)).toBe('¥1,200')
    expect(plainSpaces(makeMoney(['en'], 'KWD').show(1500))).toBe('KWD 1.500')
  })

  it('is read with a point or a comma, and with its sign', () => {
    const { read } = makeMoney(['en-GB'], 'EUR')
    expect(['12', '12.5', '12,50', '€ 12.50', '-0.5', '.5'].map(read)).toEqual([
      1200, 1250, 1250, 1250, -50, 50,
    ])
  })

  it('is not guessed at: grouping, too many digits and words are no amount', () => {
    const { read } = makeMoney(['en-GB'], 'EUR')
    expect(['1.234,50', '1.505', 'free', '', '-', '1-2'].map(read)).toEqual(Array(6).fill(undefined))
    expect(makeMoney(['en'], 'JPY').read('12.5')).toBeUndefined()
  })

  it('goes into a field and comes back the same', () => {
    for (const currency of ['EUR', 'JPY', 'KWD']) {
      const { plain, read } = makeMoney(['de-DE'], currency)
      for (const minor of [0, 1, 99, 100, 123_457]) expect(read(plain(minor))).toBe(minor)
    }
  })
})
