import { describe, expect, it } from 'vitest'
import { GS, type KeyToken } from '#renderer/features/field/key-tokens.ts'
import { learnProfile, readTokens, testCode } from '#renderer/features/field/scanner-profile.ts'

const enter: KeyToken = { key: 'Enter' }

/** What a scanner types, with other keys between the texts. */
function typed(...parts: (string | KeyToken)[]): KeyToken[] {
  return parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (char) => ({ char })) : [part]))
}

const { before, after } = testCode
const whole = `${before}${GS}${after}`

describe('trying out a keyboard scanner', () => {
  it.each([
    { name: 'sends GS itself', between: [GS], separator: { text: GS } },
    { name: 'writes <GS>', between: ['<GS>'], separator: { text: '<GS>' } },
    { name: 'writes {GS}', between: ['{GS}'], separator: { text: '{GS}' } },
    { name: 'writes a sign of its own', between: ['|'], separator: { text: '|' } },
    { name: 'presses a function key', between: [{ key: 'F8' }], separator: { key: 'F8' } },
    { name: 'presses Ctrl and a letter', between: [{ key: 'Ctrl+b' }], separator: { key: 'Ctrl+b' } },
    { name: 'leaves it out', between: [], separator: 'lost' },
  ])('finds that it $name', ({ between, separator }) => {
    const tokens = typed(']d2', before, ...between, after, enter)
    const profile = learnProfile(tokens)
    expect(profile).toEqual({ separator, symbology: 'sent', prefix: '', end: 'Enter', swapsCase: false })
    if (typeof profile === 'string' || separator === 'lost') return
    expect(readTokens(tokens, profile)).toBe(`]d2${whole}`)
  })

  it('finds a missing kind of code, a prefix of the shop, and no key at the end', () => {
    const tokens = typed('S1-', before, GS, after)
    const profile = learnProfile(tokens)
    expect(profile).toMatchObject({ symbology: 'missing', prefix: 'S1-', end: 'pause' })
    expect(readTokens(tokens, profile as never)).toBe(whole)
  })

  it('takes FNC1 at the front, sent as GS, for no prefix', () => {
    expect(learnProfile(typed(GS, before, GS, after, enter))).toMatchObject({ prefix: '' })
    expect(learnProfile(typed('<GS>', before, '<GS>', after, enter))).toMatchObject({ prefix: '' })
    const keyed = learnProfile(typed({ key: 'F8' }, before, { key: 'F8' }, after, { key: 'Tab' }))
    expect(keyed).toMatchObject({ separator: { key: 'F8' }, prefix: '', end: 'Tab' })
  })

  it('finds Caps Lock, and puts letters right from then on', () => {
    const tokens = typed('010950600013435210Az-9_Y', GS, '217/q', enter)
    const profile = learnProfile(tokens)
    expect(profile).toMatchObject({ swapsCase: true, separator: { text: GS } })
    expect(readTokens(tokens, profile as never)).toBe(whole)
  })

  it('tells another keyboard layout from another code', () => {
    // A German keyboard under a scanner set to English: z and y change places, signs move.
    expect(learnProfile(typed('010950600013435210ayß9?z', GS, '217-Q', enter))).toBe('layout')
    // A French one: digits are signs.
    expect(learnProfile(typed('à&àç(à-ààà&"\'"(é&àqW)ç8y', GS, 'é&è:A', enter))).toBe('layout')
    for (const other of ['4006381333931', '4005050505058', '(01)09506000134376(10)ABCDEFGH'])
      expect(learnProfile(typed(other, enter))).toBe('other_code')
  })
})

describe('what a scanner typed', () => {
  it('knows the common spellings of GS without having been tried out', () => {
    for (const spelling of [GS, '<GS>', '{GS}', '[GS]', '␝'])
      expect(readTokens(typed(before, spelling, after, enter))).toBe(whole)
  })

  it('keeps a sign that means GS on another device only', () => {
    expect(readTokens(typed('10A|B', enter))).toBe('10A|B')
  })
})
