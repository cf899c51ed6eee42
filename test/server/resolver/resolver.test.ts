import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pickByLanguage } from '#server/features/resolver/languages.ts'
import { sharedFile } from '#test/support/shared-data.ts'
import { gtin, startResolver, validate } from './resolver-server.ts'

const path = `/01/${gtin}`
const link = (type: string, url: string, more: { title?: string; language?: string | null } = {}) => ({
  type,
  url,
  title: 'A link',
  language: null,
  ...more,
})
const leaflet = 'https://dalgiardino.com/medicinal-compound/pil.html'

describe('a Digital Link', () => {
  it('of a product that is known shows its passport', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const answer = await server.ask(path)
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('Tomato sauce') })
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'Accept, Accept-Language',
      link: expect.stringContaining(`<${server.origin}${path}?linkType=linkset>; rel="linkset"`),
    })
  })

  it('takes a trailing slash, lots, serial numbers, zeros left out, and pieces of an item', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const paths = [
      '/',
      '/10/L1',
      '/10/L1/21/S1/',
      '/22/2A/10/L1',
      '?17=270531',
      '/10/a%2Fb%2520',
      '/10/L1?utm=1',
    ]
    for (const more of paths) expect([more, (await server.ask(path + more)).status]).toEqual([more, 200])
    expect((await server.ask('/01/9506000134376')).status).toBe(200)
    expect((await server.ask('/8006/095060001343760102')).status).toBe(200)
  })

  it('of the narrowest passport there is, a lot before its product', async () => {
    await using server = await startResolver()
    await server.addPassport()
    await server.addPassport({ name: 'Lot one', lot: 'L1' })
    expect((await server.ask(`${path}/10/L1/21/9`)).body).toContain('Lot one')
    expect((await server.ask(`${path}/10/L2`)).body).toContain('Tomato sauce')
  })

  const compressed = validate(`(01)${gtin}(10)L1`).digital_link_compressed
  it.skipIf(compressed === null)('in compressed form leads to the same and says what it is', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const answer = await server.ask(new URL(compressed ?? '').pathname)
    expect(answer.status).toBe(200)
    expect(answer.headers['link']).toContain(
      `<${server.origin}${path}/10/L1>; rel="http://www.w3.org/2002/07/owl#sameAs"`,
    )
    const options = await server.ask(new URL(compressed ?? '').pathname, {}, 'OPTIONS')
    expect(options.status).toBe(204)
  })

  it('in another form says which the normal one is, and our own pages are no links', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const { headers } = await server.ask('/01/9506000134376')
    expect(headers['link']).toContain(`<${server.origin}${path}>; rel="http://www.w3.org/2002/07/owl#sameAs"`)
    expect((await server.ask(path)).headers['link']).not.toContain('sameAs')
    expect(await server.ask('/Some-Page-Of-Ours')).toMatchObject({ status: 404, body: 'page' })
  })

  it('that is wrong is 400, never a 200 with an error; one that nobody knows is 404; a draft is unknown', async () => {
    await using server = await startResolver()
    await server.addPassport({ status: 'draft' })
    const wrong = [
      '/01/09506000134377',
      '/01/1',
      '/01/x',
      `${path}/10/${'x'.repeat(21)}`,
      `${path}/99`,
      '/01/%',
      '/01/%ff',
    ]
    for (const one of wrong) expect([one, (await server.ask(one)).status]).toEqual([one, 400])
    for (const one of [path, '/00/095060001343000014', '/414/9506000134369', '/8004/0950600013430000001']) {
      expect([one, (await server.ask(one)).status]).toEqual([one, 404])
    }
    const json = await server.ask('/01/1', { accept: 'application/json' })
    expect(JSON.parse(json.body)).toEqual({ message: expect.stringContaining('no GS1 Digital Link') })
  })

  it('answers HEAD without a body, OPTIONS with what it takes, and nothing else', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const head = await server.ask(path, {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(head.headers['link']).toContain('rel="linkset"')
    const options = await server.ask(path, {}, 'OPTIONS')
    expect(options.status).toBe(204)
    expect(options.headers).toMatchObject({ allow: 'GET, HEAD, OPTIONS', 'access-control-allow-origin': '*' })
    expect(await server.ask(path, {}, 'POST')).toMatchObject({ status: 405 })
  })

  it('may be followed from anywhere, and read by a page of nobody else’s', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const followed = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    expect((await server.ask(path, followed)).status).toBe(200)
    const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
    expect((await server.ask(path, { ...fetched, origin: 'https://evil.test' })).status).toBe(403)
    expect((await server.ask(path, { host: 'evil.test' })).status).toBe(421)
  })

  it('says of its resolver what GS1 asks for', async () => {
    await using server = await startResolver()
    const answer = await server.ask('/.well-known/gs1resolver')
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      resolverRoot: server.origin,
      supportedPrimaryKeys: ['01', '8006'],
    })
  })
})

describe('links of a product', () => {
  it('lead on with a 307 by their type, the asker’s query handed on', async () => {
    await using server = await startResolver()
    await server.addPassport({ links: [link('gs1:instructions', 'https://example.com/how?x=1')] })
    for (const type of ['gs1:instructions', 'https://gs1.org/voc/instructions', 'instructions']) {
      const answer = await server.ask(`${path}?linkType=${encodeURIComponent(type)}&utm=a%20b&17=270531`)
      expect(answer).toMatchObject({
        status: 307,
        headers: { location: 'https://example.com/how?x=1&utm=a+b&17=270531' },
      })
    }
    expect((await server.ask(`${path}?linkType=gs1:safetyInfo`)).status).toBe(404)
    expect((await server.ask(`${path}?linkType=gs1:dpp`)).body).toContain('Tomato sauce')
  })

  it('take what was scanned where their address has a place for it', async () => {
    await using server = await startResolver()
    const url = 'https://example.com/{gtin}?lot={lot}'
    await server.addPassport({
      links: [link('gs1:support', url), link('gs1:support', 'https://example.com/all')],
    })
    const withLot = await server.ask(`${path}/10/a%26b?linkType=gs1:support`)
    expect(withLot.headers['location']).toBe(`https://example.com/${gtin}?lot=a%26b`)
    expect((await server.ask(`${path}?linkType=gs1:support`)).headers['location']).toBe(
      'https://example.com/all',
    )
  })

  it('in several languages are chosen by Accept-Language and its q-values; equally good ones are offered', async () => {
    await using server = await startResolver()
    const links = ['en', 'de', 'fr-CH'].map((language) =>
      link('gs1:support', `https://example.com/${language}`, { language, title: `In ${language}` }),
    )
    await server.addPassport({ links })
    const to = async (language: string) =>
      (await server.ask(`${path}?linkType=gs1:support`, { 'accept-language': language })).headers['location']
    expect(await to('de-AT,de;q=0.9,en;q=0.8')).toBe('https://example.com/de')
    expect(await to('en;q=0.1, fr;q=0.9')).toBe('https://example.com/fr-CH')
    expect(await to('de;q=0, en;q=0.5')).toBe('https://example.com/en')
    const several = await server.ask(`${path}?linkType=gs1:support&a=1`)
    expect(several).toMatchObject({ status: 300, body: expect.stringContaining('In fr-CH') })
    const json = await server.ask(`${path}?linkType=gs1:support&a=1`, { accept: 'application/json' })
    expect(json.status).toBe(300)
    expect(JSON.parse(json.body).choices).toContainEqual({
      href: 'https://example.com/de?a=1',
      title: 'In de',
      language: 'de',
    })
  })

  it('are all in the linkset, from the lot up to the product, with exactly one default', async () => {
    await using server = await startResolver()
    await server.addPassport({
      links: [link('gs1:instructions', 'https://example.com/how', { language: 'de' })],
    })
    await server.addPassport({
      lot: 'L1',
      links: [link('gs1:certificationInfo', 'https://example.com/cert')],
    })
    const asks = [
      [`${path}/10/L1?linkType=linkset`, undefined, 'application/linkset+json'],
      [`${path}/10/L1?linkType=all`, undefined, 'application/linkset+json'],
      [`${path}/10/L1`, 'application/linkset+json', 'application/linkset+json'],
      [`${path}/10/L1`, 'application/json', 'application/json'],
    ] as const
    for (const [url, accept, type] of asks) {
      const answer = await server.ask(url, accept === undefined ? {} : { accept })
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      const { linkset } = JSON.parse(answer.body)
      expect(linkset.map(({ anchor }: { anchor: string }) => anchor)).toEqual([
        `${server.origin}${path}/10/L1`,
        server.origin + path,
      ])
      expect(linkset[0]['https://gs1.org/voc/defaultLink']).toEqual([
        { href: `${server.origin}${path}/10/L1`, title: 'Tomato sauce' },
      ])
      expect(linkset[0]).toHaveProperty(['https://gs1.org/voc/certificationInfo'])
      expect(linkset[1]['https://gs1.org/voc/instructions']).toEqual([
        { href: 'https://example.com/how', title: 'A link', hreflang: ['de'] },
      ])
      expect(answer.body.match(/voc\/defaultLink"/g)).toHaveLength(1)
    }
  })

  it('never replace the page for a browser, which takes everything', async () => {
    await using server = await startResolver()
    await server.addPassport()
    const accepts = [
      'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      '*/*',
      'application/linkset+json;q=0.1, text/html',
      'image/png, */*',
    ]
    for (const accept of accepts) {
      const { headers } = await server.ask(path, { accept })
      expect([accept, headers['content-type']]).toEqual([accept, 'text/html; charset=utf-8'])
    }
  })
})

describe('GS1’s public cases of a resolver', () => {
  const file = sharedFile('gs1-cases.jsonl')
  const cases = file
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes('"kind": "resolver'))
        .map(
          (line) =>
            JSON.parse(line) as {
              id: number
              kind: string
              input: string
              status?: number
              normalized: string | null
            },
        )
    : []

  it.skipIf(!file)('are seven', () => expect(cases).toHaveLength(7))

  it.for(cases.filter(({ kind }) => kind === 'resolver'))(
    '$id: $input',
    async ({ input, status, normalized }) => {
      await using server = await startResolver()
      const links = [link('gs1:defaultLink', leaflet), link('gs1:defaultLink', `${leaflet}?lot={lot}`)]
      await server.addPassport({ links })
      const answer = await server.ask(input)
      // Passports are of trade items: an asset's number (8004) is good, and nobody here knows it.
      const isAsset = input.startsWith('/8004/')
      expect(answer.status).toBe(isAsset ? 404 : status)
      if (!isAsset) expect(answer.headers['location'] ?? null).toBe(normalized)
    },
  )

  it.for(cases.filter(({ kind }) => kind === 'resolver-language'))('$id: $input', ({ input, normalized }) => {
    const things = ['en-GB', 'en-US', 'fr'].map((language) => ({ language }))
    const [picked, ...others] = pickByLanguage(things, input)
    expect(others).toEqual([])
    expect(normalized === 'non-English' ? ['fr'] : [normalized]).toContain(picked?.language)
  })
})
