import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appPages } from '#contract/bridge.ts'
import { deepLinkIn, filesIn, readDeepLink } from '#main/deep-links.ts'

const id = '0190b5d4-7c1e-7000-8000-000000000001'

describe('a qrscan:// link', () => {
  it('leads to each page of the app', () => {
    for (const page of appPages) expect(readDeepLink(`qrscan://${page}`)).toEqual({ type: 'show-page', page })
    // Systems add the slash of an empty path.
    expect(readDeepLink('qrscan://imports/')).toEqual({ type: 'show-page', page: 'imports' })
  })

  it('leads to one link or one import', () => {
    expect(readDeepLink(`qrscan://qr-links/${id}`)).toEqual({ type: 'show-qr-link', id })
    expect(readDeepLink(`qrscan://imports/${id}`)).toEqual({ type: 'show-import', id })
  })

  it('leads nowhere when it is anything else', () => {
    const others = [
      'qrscan://',
      'qrscan://settings',
      `qrscan://settings/tokens/${id}`,
      'qrscan://imports/../settings/tokens',
      'qrscan://qr-links/1',
      `qrscan://qr-links/${id}?delete=1`,
      `qrscan://qr-links/${id}#x`,
      'QRSCAN://imports',
      'qrscan:imports',
      'https://qrscan.ink/imports',
      `qrscan://imports/${'a'.repeat(36)}`,
      `qrscan://qr-links/${id.toUpperCase()}`,
    ]
    for (const link of others) expect([link, readDeepLink(link)]).toEqual([link, undefined])
  })

  it('becomes one of the known wishes or nothing, whatever it says', () => {
    const places = fc.constantFrom(...appPages, 'api', 'recovery', '..', id, '%2e', '', 'settings')
    const built = fc.array(places, { maxLength: 4 }).map((parts) => `qrscan://${parts.join('/')}`)
    const any = fc.oneof(
      built,
      fc.string(),
      fc.string().map((text) => `qrscan://${text}`),
    )
    fc.assert(
      fc.property(any, (link) => {
        const command = readDeepLink(link)
        const wishes = [
          ...appPages.map((page) => ({ type: 'show-page', page })),
          { type: 'show-qr-link', id },
        ]
        expect([undefined, ...wishes, { type: 'show-import', id }]).toContainEqual(command)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('the words of a start', () => {
  it('may hold one link, and spreadsheets', () => {
    const words = ['/opt/qrscan', '--flag=x.csv', 'qrscan://imports', '/home/a/Links.CSV', 'b.xlsx', 'c.exe']
    expect(deepLinkIn(words)).toBe('qrscan://imports')
    expect(filesIn(words)).toEqual(['/home/a/Links.CSV', 'b.xlsx'])
  })
})
