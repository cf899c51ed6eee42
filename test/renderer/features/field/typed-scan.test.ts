import { describe, expect, it } from 'vitest'
import { GS, KeyTokens, type KeyStroke } from '#renderer/features/field/key-tokens.ts'
import { readTokens } from '#renderer/features/field/scanner-profile.ts'
import { TypedScan, type Handling } from '#renderer/features/field/typed-scan.ts'

const none = { ctrlKey: false, altKey: false, metaKey: false }

function stroke(key: string, more: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code: '', ...none, ...more }
}

/** Types a text at a pace in ms and answers what became of the last key. */
function type(scan: TypedScan, text: string, pace: number, from = 0): { handling: Handling; time: number } {
  let time = from
  let handling: Handling = 'person'
  for (const char of text) {
    if (/[A-Z<>]/.test(char)) scan.down(stroke('Shift'), time)
    handling = scan.down(stroke(char), time)
    time += pace
  }
  return { handling, time }
}

describe('telling a scanner from a person', () => {
  it.each([1, 8, 30])('takes keys %d ms apart and Enter for a scan', (pace) => {
    const scan = new TypedScan()
    const { time } = type(scan, '(01)09506000134352(10)ABC', pace)
    expect(scan.down(stroke('Enter'), time)).toBe('end')
    expect(readTokens(scan.take())).toBe('(01)09506000134352(10)ABC')
    expect(scan.isEmpty).toBe(true)
  })

  it('leaves a person’s typing and Enter alone', () => {
    const scan = new TypedScan()
    const { time } = type(scan, 'quickly', 75)
    expect(scan.isScan).toBe(false)
    expect(scan.down(stroke('Enter'), time)).toBe('person')
  })

  it('leaves keys that are no characters alone while nothing was typed', () => {
    const scan = new TypedScan()
    for (const key of ['Tab', 'Enter', 'Escape', 'ArrowDown', 'F5'])
      expect(scan.down(stroke(key), 0)).toBe('person')
    expect(scan.down(stroke('k', { ctrlKey: true }), 0)).toBe('person')
    expect(scan.down(stroke('Shift'), 0)).toBe('modifier')
  })

  it('knows that a key after a pause begins something new', () => {
    const scan = new TypedScan()
    const { time } = type(scan, '4006', 5)
    expect(scan.isOver(time + 20)).toBe(false)
    expect(scan.isOver(time + 200)).toBe(true)
  })
})

describe('the separator in keys', () => {
  it('is typed as Alt with 0029 or 029 on the number pad', () => {
    for (const digits of ['0029', '029', '29']) {
      const scan = new TypedScan()
      type(scan, '10ABC', 2)
      scan.down(stroke('Alt', { altKey: true }), 12)
      for (const digit of digits)
        expect(scan.down(stroke(digit, { altKey: true, code: `Numpad${digit}` }), 14)).toBe('modifier')
      scan.up(stroke('Alt'), 16)
      type(scan, '21X', 2, 18)
      expect(readTokens(scan.take())).toBe(`10ABC${GS}21X`)
    }
  })

  it('is typed as Ctrl and ], wherever the layout has the bracket', () => {
    const keys = new KeyTokens()
    expect(keys.down(stroke(']', { ctrlKey: true }))).toEqual({ char: GS })
    expect(keys.down(stroke('+', { ctrlKey: true, code: 'BracketRight' }))).toEqual({ char: GS })
    expect(keys.down(stroke('k', { ctrlKey: true }))).toEqual({ key: 'Ctrl+k' })
  })

  it('is no Alt code when Alt was only touched', () => {
    const keys = new KeyTokens()
    keys.down(stroke('Alt', { altKey: true }))
    expect(keys.up(stroke('Alt'))).toBeUndefined()
  })
})
