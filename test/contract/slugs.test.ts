import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeReservedMatcher, reservedSlugs } from '#contract/reserved-slugs.ts'
import { canonicalSlug, isValidSlug, slugProblem, slugSkeleton, suggestSlug } from '#contract/slugs.ts'

describe('slugs', () => {
  test.each([
    ['Spring-Sale', 'spring-sale'],
    ['  menu ', 'menu'],
    ['ＭＥＮＵ', 'menu'],
    ['ﬁsh', 'fish'],
  ])('%j is saved as %j', (raw, slug) => {
    expect(canonicalSlug(raw)).toBe(slug)
    expect(slugProblem(raw)).toBeNull()
  })

  test.each([
    ['', 'slug_missing', undefined],
    ['-menu', 'slug_invalid', 'menu'],
    ['spring sale', 'slug_invalid', 'spring-sale'],
    ['a_b', 'slug_invalid', 'a-b'],
    ['Café Zürich', 'slug_not_ascii', 'cafe-zurich'],
    ['меню', 'slug_not_ascii', 'meniu'],
    ['日本', 'slug_not_ascii', undefined],
    ['x'.repeat(65), 'slug_too_long', 'x'.repeat(64)],
    ['https://dub.sh/AbC', 'slug_is_link', 'abc'],
    ['bit.ly/3xYz', 'slug_is_link', '3xyz'],
  ])('%j is refused as %s, with %j instead', (raw, code, suggestion) => {
    const problem = slugProblem(raw)
    expect(problem?.code).toBe(code)
    expect(problem?.suggestion).toBe(suggestion)
  })

  test('whatever is suggested is valid, and a valid slug is its own suggestion', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const slug = suggestSlug(text)
        expect(slug === '' || isValidSlug(slug)).toBe(true)
        expect(suggestSlug(slug)).toBe(slug)
      }),
      { numRuns: 3000 },
    )
  })

  test('slugs that look alike have one skeleton', () => {
    expect(slugSkeleton('log-in')).toBe(slugSkeleton('1og1n'))
    expect(slugSkeleton('menu-o')).toBe(slugSkeleton('menu0'))
    expect(slugSkeleton('menu-a')).not.toBe(slugSkeleton('menu-b'))
  })
})

describe('reserved slugs', () => {
  const matcher = makeReservedMatcher()

  test('every entry has a reason, none stands twice', () => {
    expect(reservedSlugs.every(({ reason }) => reason.length > 5)).toBe(true)
    expect(new Set(reservedSlugs.map(({ slug }) => slug)).size).toBe(reservedSlugs.length)
  })

  test('an entry is found in canonical form, a look-alike apart from it', () => {
    expect(matcher.exact(canonicalSlug('LOGIN'))?.slug).toBe('login')
    expect(matcher.lookalike('login')).toBeUndefined()
    expect(matcher.lookalike('log-1n')?.slug).toBe('login')
    expect(matcher.lookalike('menu')).toBeUndefined()
  })

  test('the list can be replaced', () => {
    const own = makeReservedMatcher([{ slug: 'Kitchen', reason: 'ours' }])
    expect(own.exact('kitchen')?.reason).toBe('ours')
    expect(own.exact('login')).toBeUndefined()
  })
})
