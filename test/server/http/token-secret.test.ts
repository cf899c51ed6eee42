import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bearerToken,
  createTokenSecret,
  hashSecret,
  looksLikeSecret,
  parseToken,
  tokenMatches,
} from '#server/http/token-secret.ts'

describe('the secret of a token', () => {
  it('has the published shape and matches its own hash alone', () => {
    const one = createTokenSecret('019ab')
    const other = createTokenSecret('019ab')
    expect(one.plainText).toMatch(/^019ab\|qrs_[A-Za-z0-9]{40}[0-9a-f]{8}$/)
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(one.plainText.endsWith(one.lastFour)).toBe(true)
    const parsed = parseToken(one.plainText)
    expect(parsed?.id).toBe('019ab')
    expect(tokenMatches(parsed?.secret ?? '', one.hash)).toBe(true)
    expect(tokenMatches(parsed?.secret ?? '', other.hash)).toBe(false)
  })

  it('carries the checksum that Sanctum puts there', () => {
    expect(looksLikeSecret('qrs_fKDHzxhfpBQhBqKggksIc2OlNxGDVvEjPWk2fA3J671e9343')).toBe(true)
    expect(looksLikeSecret('qrs_fKDHzxhfpBQhBqKggksIc2OlNxGDVvEjPWk2fA3J671e9344')).toBe(false)
    expect(looksLikeSecret(`Authorization: Bearer ${createTokenSecret('7').plainText}`)).toBe(true)
  })

  it('is kept as the plain SHA-256 of what follows the bar', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('matches no stored text that is not a hash', () => {
    for (const stored of ['', 'zz', 'ab', hashSecret('x').slice(2)])
      expect(tokenMatches('x', stored)).toBe(false)
  })

  it('refuses ids that would not come back from the text', () => {
    expect(() => createTokenSecret('a|b')).toThrow(RangeError)
    expect(() => createTokenSecret('')).toThrow(RangeError)
  })

  it.each(['', '|', '|secret', 'id|', 'no bar', 'x'.repeat(5000) + '|y'])('is not read out of %j', (text) => {
    expect(parseToken(text)).toBeUndefined()
  })
})

describe('the Authorization header', () => {
  it.each([
    ['Bearer 1|abc', '1|abc'],
    ['bearer 1|abc', '1|abc'],
    ['BEARER 1|abc', '1|abc'],
    ['Bearer 1|abc, Basic eDp5', '1|abc'],
    ['Basic eDp5, Bearer 1|abc', '1|abc'],
    ['Bearer  1|abc', undefined],
    ['Bearer', undefined],
    ['Bearer ', undefined],
    ['Bearer ,x', undefined],
    ['Basic eDp5', undefined],
    ['1|abc', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j holds the token %j', (header, token) => {
    expect(bearerToken(header)).toBe(token)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const token = bearerToken(text)
        expect(token === undefined || !/[\s,]/.test(token)).toBe(true)
      }),
    )
  })
})
