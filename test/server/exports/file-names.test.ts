import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName, UniqueNames } from '#server/features/exports/file-names.ts'

describe('the name of a file in a bundle', () => {
  it.each([
    ['menu', 'menu'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\Windows\\x', 'C--Windows-x'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com¹', '_com¹'],
    ['console', 'console'],
    ['a. .', 'a'],
    ['…', '…'],
    ['...', 'code'],
    ['', 'code'],
    ['Straße 12 – 你好', 'Straße 12 – 你好'],
    ['a\u202egnp.exe', 'a-gnp.exe'],
    ['😀'.repeat(100), '😀'.repeat(45)],
  ])('of %j is %j', (name, safe) => expect(safeFileName(name)).toBe(safe))

  it('is one that Windows takes, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[. ]$|^[. ]/u)
        expect(safe.length).toBeGreaterThan(0)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
        expect(safe.isWellFormed()).toBe(true)
      }),
    )
  })

  it('is given once, whatever the letter case', () => {
    const names = new UniqueNames()
    const taken = ['Menu', 'menu', 'MENU', 'menu (2)', 'menu'].map((name) => names.take(name))
    expect(taken).toEqual(['Menu', 'menu (2)', 'MENU (3)', 'menu (2) (2)', 'menu (4)'])
    expect(new Set(taken.map((name) => name.toLowerCase())).size).toBe(5)
  })
})
