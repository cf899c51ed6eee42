import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { gtin, startResolver } from './resolver-server.ts'

const path = `/01/${gtin}`
const oneLot = [{ gtins: [gtin], lots: ['L1'] }]
const elsewhere = (type: string) => ({ type, url: 'https://example.com/x', title: 'X', language: null })
const hostile = `</p><script>alert(1)</script><img src=x onerror="alert('1')">`

describe('a product under a recall of all its units', () => {
  it('leads to the notice whatever is asked for, and nobody keeps the answer', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport({
      links: [elsewhere('gs1:defaultLink'), elsewhere('gs1:epil')],
    })
    const id = await server.addRecall({ passport })
    for (const more of ['', '/10/L1', '?linkType=gs1:epil', '?linkType=gs1:nothing', '?recall_seen=1']) {
      const { status, headers } = await server.ask(path + more)
      expect([more, status, headers['cache-control']]).toEqual([more, 307, 'no-store'])
      const item = path + (more.startsWith('/') ? more : '')
      expect(headers['location']).toBe(`${server.origin}/recall-notices/${id}${item}`)
    }
    const notice = await server.ask(`/recall-notices/${id}${path}/10/L1`)
    expect(notice.status).toBe(200)
    expect(notice.headers['cache-control']).toBe('no-store')
    for (const text of ['Glass in the sauce', 'Bring it back.', 'Recalled. Do not use', 'L1', gtin]) {
      expect(notice.body).toContain(text)
    }
  })

  it('still gives the linkset, with the notice as default and the status, which programs may ask for', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    const id = await server.addRecall({ passport })
    const answer = await server.ask(`${path}/10/L1?linkType=linkset`)
    expect(answer.headers['cache-control']).toBe('no-store')
    const [first] = JSON.parse(answer.body).linkset
    const notice = `${server.origin}/recall-notices/${id}${path}/10/L1`
    expect(first['https://gs1.org/voc/defaultLink']).toEqual([{ href: notice, title: 'Glass in the sauce' }])
    const [{ href }] = first['https://gs1.org/voc/recallStatus']
    const status = await server.ask(href.slice(server.origin.length))
    expect(status).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(JSON.parse(status.body)).toMatchObject({
      verdict: 'recalled',
      'gs1:isProductRecalled': true,
      is_exercise: false,
      notice,
      as_of: '2026-11-23T09:00:00.000Z',
    })
  })

  it('shows the notice first and the product for those who go on, which is no second scan', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    await server.addRecall({ passport, mode: 'interstitial' })
    const first = await server.ask(`${path}?utm=1`)
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(first.body).toContain('Glass in the sauce')
    expect(first.body).toContain(`href="${path}?utm=1&#38;recall_seen=1"`)
    const onward = await server.ask(`${path}?utm=1&recall_seen=1`)
    expect(onward.body).toContain('<h1>Tomato sauce')
    expect(onward.body).toContain('class="alert recalled"')
    await server.flush()
    expect(await server.db.selectFrom('passport_scans').selectAll().execute()).toHaveLength(1)
  })

  it('in banner mode shows its page with a word on top, and links out only from there', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport({ links: [elsewhere('gs1:defaultLink')] })
    await server.addRecall({ passport, mode: 'banner' })
    const answer = await server.ask(`${path}?utm=1`)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('This product is recalled. Do not use it.')
    expect(answer.body).toContain('href="https://example.com/x?utm=1"')
  })

  it('is as before until the override’s time, and after it', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    await server.addRecall({
      passport,
      from: '2026-11-23T10:00:00.000000Z',
      to: '2026-11-23T11:00:00.000000Z',
    })
    const status = async () => (await server.ask(path)).status
    expect(await status()).toBe(200)
    server.clock.now = Date.parse('2026-11-23T10:00:00Z')
    expect(await status()).toBe(307)
    server.clock.now = Date.parse('2026-11-23T11:00:00Z')
    expect(await status()).toBe(200)
  })

  it('says in an exercise that it is one', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    const id = await server.addRecall({ passport, isMock: true })
    const { body } = await server.ask(`/recall-notices/${id}`)
    expect(body).toContain('This is an exercise. No product is recalled.')
    expect(body).not.toContain('Do not use')
    const status = await server.ask(`${path}?linkType=gs1:recallStatus`)
    expect(JSON.parse(status.body)).toMatchObject({ is_exercise: true })
  })
})

describe('a product of which one lot is recalled', () => {
  async function start() {
    const server = await startResolver()
    const passport = await server.addPassport()
    const recall = await server.addRecall({ passport, lines: oneLot })
    return { server, recall }
  }

  it('asks for the lot when the code does not tell it', async () => {
    const { server, recall } = await start()
    await using _ = server
    const answer = await server.ask(`${path}?17=270531`)
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(answer.headers['location']).toBeUndefined()
    expect(answer.body).toContain(`<form method="get" action="${path}?17=270531">`)
    expect(answer.body).toContain('name="check_lot"')
    expect(answer.body).toContain(`/recall-notices/${recall}${path}`)
  })

  it('answers what was typed in: the notice for that lot, a word of it for another', async () => {
    const { server, recall } = await start()
    await using _ = server
    const recalled = await server.ask(`${path}?check_lot=+L1+&utm=1`)
    expect(recalled).toMatchObject({
      status: 303,
      headers: { location: `${server.origin}${path}/10/L1?utm=1` },
    })
    expect(await server.ask(`${path}/10/L1?utm=1`)).toMatchObject({
      status: 307,
      headers: { location: `${server.origin}/recall-notices/${recall}${path}/10/L1` },
    })
    const other = await server.ask(`${path}/10/L2`)
    expect(other.status).toBe(200)
    expect(other.body).toContain('Yours is not listed as of 2026-11-23.')
    expect(other.body.toLowerCase()).not.toContain('safe')
    const notice = await server.ask(`/recall-notices/${recall}${path}/10/L2`)
    expect(notice.body).toContain('Other units of this product are recalled.')
  })

  it('asks for a day where the recall goes by days, and takes a month from the code', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    const days = [{ kind: 'expiry' as const, ranges: [{ from: '2027-05-01', to: '2027-05-31' }] }]
    await server.addRecall({ passport, lines: [{ gtins: [gtin], days }] })
    const asked = await server.ask(`${path}/10/L1`)
    expect(asked.body).toMatch(/name="check_expiry"\s+type="date"/)
    const typed = await server.ask(`${path}/10/L1?check_expiry=2027-05-17`)
    expect(typed).toMatchObject({
      status: 303,
      headers: { location: `${server.origin}${path}/10/L1?17=270517` },
    })
    for (const [query, status] of Object.entries({ '17=270517': 307, '17=270500': 307, '17=270601': 200 })) {
      expect([query, (await server.ask(`${path}/10/L1?${query}`)).status]).toEqual([query, status])
    }
    for (const day of ['2027-13-45', 'tomorrow', '270517']) {
      expect([day, (await server.ask(`${path}?check_expiry=${day}`)).status]).toEqual([day, 422])
    }
  })

  it('asks again for what cannot be a lot, and does not repeat it as markup', async () => {
    const { server } = await start()
    await using _ = server
    for (const lot of [hostile, 'x'.repeat(21), 'ß', '\u0000']) {
      const answer = await server.ask(`${path}?check_lot=${encodeURIComponent(lot)}`)
      expect([lot, answer.status]).toEqual([lot, 422])
      expect(answer.body).not.toMatch(/<script|<img/)
    }
  })

  it('leads a program on to the one kind of link it asked for, where its lot is not concerned', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport({ links: [elsewhere('gs1:epil')] })
    await server.addRecall({ passport, lines: oneLot })
    expect(await server.ask(`${path}/10/L2?linkType=gs1:epil`)).toMatchObject({
      status: 307,
      headers: { location: 'https://example.com/x', 'cache-control': 'no-store' },
    })
    expect((await server.ask(`${path}/10/L1?linkType=gs1:epil`)).headers['location']).toContain(
      '/recall-notices/',
    )
  })
})

describe('the notice of a recall', () => {
  it('shows hostile text as text, links to the web alone, and runs nothing', async () => {
    await using server = await startResolver()
    const texts = [
      'title',
      'reason',
      'hazard',
      'instructions',
      'contact',
      'issuer',
      'number',
      'classification',
    ]
    const notice = Object.fromEntries(texts.map((name) => [name, hostile]))
    const passport = await server.addPassport({ name: hostile })
    const id = await server.addRecall({ passport, notice: { ...notice, url: 'javascript:alert(1)' } })
    const { body, headers } = await server.ask(`/recall-notices/${id}${path}/10/%3Cb%3E`)
    expect(body).not.toMatch(/<script|<img|<b>|javascript:/)
    expect(body.match(/&#60;script&#62;/g)!.length).toBeGreaterThanOrEqual(texts.length)
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self';/)
    expect(policy).not.toContain('unsafe')
    const style = /<style>([^<]*)<\/style>/.exec(body)?.[1] ?? ''
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  it('of a draft is not there, of a closed recall says so', async () => {
    await using server = await startResolver()
    const draft = await server.addRecall({ status: 'draft' })
    expect((await server.ask(`/recall-notices/${draft}`)).status).toBe(404)
    expect((await server.ask('/recall-notices/nothing')).status).toBe(404)
    const closed = await server.addRecall({ status: 'closed' })
    expect((await server.ask(`/recall-notices/${closed}`)).body).toContain('This recall was closed')
  })
})

describe('a scan', () => {
  it('is kept with what it was of and how it stood, and with nothing of who it was', async () => {
    await using server = await startResolver()
    const passport = await server.addPassport()
    await server.addRecall({ passport, lines: oneLot })
    const headers = { 'user-agent': 'Secret-Agent/7', 'accept-language': 'de-AT' }
    for (const more of ['', '/10/L1', '/10/L2/21/S1', '?linkType=linkset']) {
      server.clock.now += 1000
      await server.ask(path + more, headers)
    }
    await server.ask(path, headers, 'HEAD')
    await server.ask('/01/1', headers)
    await server.flush()
    const rows = await server.db.selectFrom('passport_scans').selectAll().orderBy('scanned_at').execute()
    expect(rows.map(({ lot, serial, link_type, verdict }) => [lot, serial, link_type, verdict])).toEqual([
      [null, null, null, 'possible'],
      ['L1', null, null, 'recalled'],
      ['L2', 'S1', null, 'not_listed'],
      [null, null, 'linkset', 'possible'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Secret|127\.0\.0\.1|AT/)
    const { scan_count } = await server.db
      .selectFrom('product_passports')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(scan_count).toBe(4)
  })
})
