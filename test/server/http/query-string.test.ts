import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildQuery } from '#contract/query.ts'
import { parseQuery } from '#server/http/query-string.ts'

describe('a query string', () => {
  it.each([
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1&a=2', { a: '2' }],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['=1', {}],
    ['a=b=c', { a: 'b=c' }],
    ['a=x+y%20z', { a: 'x y z' }],
    ['a%5B%5D=1&a%5b%5d=2', { a: ['1', '2'] }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[0]=1&a[1]=2', { a: ['1', '2'] }],
    ['a[5]=x&a[]=y', { a: { 5: 'x', 6: 'y' } }],
    ['a[k]=1&a[]=2', { a: { k: '1', 0: '2' } }],
    ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['a[b][]=1&a[b][]=2', { a: { b: ['1', '2'] } }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['a[b]=2&a=1', { a: '1' }],
    ['a[b]c=1', { a: { b: '1' } }],
    ['a[b=1', { a_b: '1' }],
    ['a.b c=1', { a_b_c: '1' }],
    ['[x]=1', {}],
    ['q=%C3%A9', { q: 'é' }],
    ['q=100%', { q: '100%' }],
    ['q=%ff%zz', { q: '\uFFFD%zz' }],
  ])('%s is read as PHP reads it', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected)
  })

  it.each([
    '__proto__=1',
    '__proto__[x]=1',
    'a[__proto__][x]=1',
    'constructor[prototype][x]=1',
    'a[constructor]=1',
  ])('%s does not reach a prototype', (text) => {
    const query = parseQuery(text)
    expect(JSON.stringify(query)).toBe('{}')
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  it('is cut at a thousand names and drops names that are too deep', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `k${index}=1`).join('&')
    expect(Object.keys(parseQuery(many))).toHaveLength(1000)
    expect(parseQuery(`a${'[x]'.repeat(500)}=1&b=2`)).toEqual({ b: '2' })
  })

  it('comes back from what the builder wrote', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', 'é'), minLength: 1, maxLength: 5 })
    const leaf = fc.string({ unit: 'grapheme' })
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
        fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, tree.value), (query) => {
        expect(parseQuery(buildQuery(query as Parameters<typeof buildQuery>[0]))).toEqual({ ...query })
      }),
    )
  })

  it('never throws', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', '[', ']', '=', '&', '%', 'f', '+', '.', '0') })
    fc.assert(
      fc.property(noise, (text) => {
        expect(parseQuery(text)).toBeTypeOf('object')
      }),
    )
  })
})
