import { describe, expect, it } from 'vitest'
import type { BodyOf } from '#contract/endpoint.ts'
import { createQrLink } from '#contract/qr-links.ts'
import * as contract from '#contract/wallet-passes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

type NewCard = BodyOf<typeof contract.createWalletPass>

const contact: NewCard = {
  kind: 'contact',
  title: 'Zoë Müller',
  contact: { given_name: 'Zoë', family_name: 'Müller', emails: [{ value: 'zoe@example.com' }] },
}
const event: NewCard = {
  kind: 'event',
  title: 'Spring tasting',
  event: { starts_at: '2026-12-01T19:00:00+01:00', timezone: 'Europe/Amsterdam', location: 'Cellar' },
}

async function add(server: TestServer, body: NewCard) {
  return (await server.window.call(contract.createWalletPass, { body })).wallet_pass
}

function exported(server: TestServer, id: string, query: string): Promise<Response> {
  return server.fetch(`/api/wallet-passes/${id}/export?${query}`)
}

async function refusal(server: TestServer, body: object): Promise<Record<string, string[]>> {
  const response = await server.fetch('/api/wallet-passes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(422)
  return ((await response.json()) as { errors: Record<string, string[]> }).errors
}

describe('wallet cards', () => {
  it('are made, found, changed under their ETag and removed', async () => {
    await using server = await startTestServer()
    const made = await add(server, contact)
    const path = `/api/wallet-passes/${made.id}`
    const found = await server.fetch(path)
    const tag = found.headers.get('etag')!
    const change = (title: string) =>
      server.fetch(path, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'If-Match': tag },
        body: JSON.stringify({ title }),
      })
    expect(await (await change('Zoë M.')).json()).toMatchObject({
      wallet_pass: { title: 'Zoë M.', contact: contact.contact, kind: 'contact' },
    })
    expect((await change('Too late')).status).toBe(412)
    expect((await server.fetch(path, { method: 'DELETE' })).status).toBe(204)
    expect((await server.fetch(path)).status).toBe(404)
    const rows = server.server.context.database.db.selectFrom('wallet_passes').selectAll()
    expect(await rows.execute()).toMatchObject([{ id: made.id, deleted_at: expect.any(String) }])
  })

  it('are found by words of any field, without accents, and by kind', async () => {
    await using server = await startTestServer()
    await add(server, contact)
    await add(server, event)
    const titles = async (query: object) =>
      (await server.window.call(contract.listWalletPasses, { query })).wallet_passes.data.map(
        ({ title }) => title,
      )
    expect(await titles({})).toEqual(['Spring tasting', 'Zoë Müller'])
    expect(await titles({ search: 'zoe muller' })).toEqual(['Zoë Müller'])
    expect(await titles({ search: 'ZOE@EXAMPLE' })).toEqual(['Zoë Müller'])
    expect(await titles({ search: 'cellar' })).toEqual(['Spring tasting'])
    expect(await titles({ search: '%' })).toEqual([])
    expect(await titles({ kind: 'event' })).toEqual(['Spring tasting'])
  })

  it('are refused with the field that is wrong and what to do about it', async () => {
    await using server = await startTestServer()
    expect(await refusal(server, { kind: 'event', title: 'No time' })).toEqual({
      'event.starts_at': ['Say when the event starts.'],
    })
    const wrong = {
      ...event,
      title: '\u0001',
      event: {
        ...event.event,
        ends_at: '2026-11-01T00:00:00Z',
        timezone: 'Mars/Base',
        website: 'javascript:1',
      },
      look: { logo: 'data:image/svg+xml;base64,AAAA', photo: 'data:image/png;base64,AAAA' },
      qr_link_id: 'none',
    }
    expect(Object.keys(await refusal(server, wrong)).toSorted()).toEqual([
      'event.ends_at',
      'event.timezone',
      'event.website',
      'look.logo',
      'look.photo',
      'title',
    ])
    expect(await refusal(server, { ...contact, qr_link_id: 'none' })).toHaveProperty('qr_link_id')
    expect(await refusal(server, { ...contact, code_text: '\u{1f600}'.repeat(700) })).toHaveProperty(
      'code_text',
    )
    const mail = { ...contact, contact: { emails: [{ value: 'no mail' }], phones: [{ value: 'call me' }] } }
    expect(Object.keys(await refusal(server, mail))).toEqual([
      'contact.phones.0.value',
      'contact.emails.0.value',
    ])
  })

  it('are read by a token that may read them, which makes none', async () => {
    await using server = await startTestServer()
    const made = await add(server, contact)
    const reader = await server.withToken(['wallet:read'], { business_id: made.business_id })
    expect((await reader.call(contract.findWalletPass, { params: { id: made.id } })).wallet_pass.id).toBe(
      made.id,
    )
    await expect(reader.call(contract.createWalletPass, { body: contact })).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('a card as a file', () => {
  it('is a vCard, a calendar entry or a page, under a name that is safe everywhere', async () => {
    await using server = await startTestServer()
    const card = await add(server, { ...contact, title: 'Zoë "CON"\r\n/../x; a=b' })
    const vcf = await exported(server, card.id, 'format=vcf')
    expect(vcf.headers.get('content-type')).toBe('text/vcard; charset=utf-8')
    expect(vcf.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w. ()-]+\.vcf"; filename\*=UTF-8''[\w.%~!-]+\.vcf$/,
    )
    expect(await vcf.text()).toContain('VERSION:3.0\r\n')
    expect(await (await exported(server, card.id, 'format=vcf&vcard=4.0')).text()).toContain(
      'VERSION:4.0\r\n',
    )
    const ics = await exported(server, (await add(server, event)).id, 'format=ics')
    expect(ics.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(await ics.text()).toContain('DTSTART:20261201T180000Z\r\n')
    const html = await exported(server, card.id, 'format=html')
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html.headers.get('content-security-policy')).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'; sandbox allow-downloads/,
    )
    expect(html.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says which format is for this kind of card', async () => {
    await using server = await startTestServer()
    for (const [body, format] of [
      [contact, 'ics'],
      [event, 'vcf'],
    ] as const) {
      const response = await exported(server, (await add(server, body)).id, `format=${format}`)
      expect(response.status).toBe(422)
      expect(await response.json()).toHaveProperty('errors.format')
    }
  })

  it('carries the address of its link', async () => {
    await using server = await startTestServer()
    const { qr_link } = await server.window.call(createQrLink, {
      body: { slug: 'my-card', destination_url: 'https://example.com/card' },
    })
    const card = await add(server, { ...contact, qr_link_id: qr_link.id })
    expect(await (await exported(server, card.id, 'format=vcf')).text()).toContain(
      `URL:${qr_link.short_url}\r\n`,
    )
  })

  it('for Apple and Google is refused without credentials, naming what is missing', async () => {
    await using server = await startTestServer()
    const { id } = await add(server, contact)
    for (const [format, fields] of [
      ['apple', ['certificate', 'private_key', 'wwdr']],
      ['google', ['service_account', 'issuer_id']],
    ] as const) {
      const response = await exported(server, id, `format=${format}`)
      expect(response.status).toBe(422)
      expect(((await response.json()) as { errors: object }).errors).toMatchObject({
        [`credentials.${format}_wallet`]: fields,
      })
    }
  })
})
