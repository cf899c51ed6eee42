import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gtin, startResolver } from './resolver-server.ts'

const pieces =
  `01 ${gtin} 10 21 17 / // ? & = % %2F %00 %0d%0aSet-Cookie:a=b .. <script> " ' \` __proto__ constructor linkType= gs1:pip check_lot= 270531 recall_seen AQnYUc1gmg {lot} {gtin} \u202e é 😀 # ;`.split(
    ' ',
  )
/** Pieces that mean something to paths, headers, markup, SQL or objects. */
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 30 }))
/** As a client would have to send it: no control characters, no blanks, no bytes past ASCII in the first line. */
const target = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => pieces.join('').replaceAll(/[^!-~]/gu, (character) => encodeURIComponent(character)))
const header = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^ -~]/gu, '?'))

describe('whatever is asked of the resolver', () => {
  it('gets an answer that is no fault of ours, and nothing of it becomes markup or a header', async () => {
    await using server = await startResolver()
    const links = [{ type: 'gs1:support', url: 'https://example.com/?l={lot}', title: 'S', language: 'de' }]
    const passport = await server.addPassport({ links })
    await server.addRecall({ passport, lines: [{ gtins: [gtin], lots: ['L1'] }] })
    const start = fc.constantFrom(
      `/01/${gtin}`,
      `/01/${gtin}/10/L2`,
      `/01/${gtin}?linkType=`,
      '/01/',
      '/',
      '/8006/',
    )
    await fc.assert(
      fc.asyncProperty(start, target, header, header, async (first, rest, accept, language) => {
        server.clock.now += 120_000
        const answer = await server.ask(first + rest, { accept, 'accept-language': language })
        expect(answer.status).toBeLessThan(500)
        const isPage = String(answer.headers['content-type']).startsWith('text/html')
        if (isPage) expect(answer.body).not.toMatch(/<script/i)
        expect(answer.headers).not.toHaveProperty('set-cookie')
        const { location } = answer.headers
        if (location)
          expect(location).toMatch(new RegExp(`^(?:${server.origin}/|https://example\\.com/\\?l=)`))
      }),
      { numRuns: 600 },
    )
  })

  it('is held to so many a minute, like every public address', async () => {
    await using server = await startResolver()
    for (let index = 0; index < 600; index++) await server.ask('/01/1')
    expect(await server.ask('/01/1')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
  })
})
