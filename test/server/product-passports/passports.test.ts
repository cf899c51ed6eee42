import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '#contract/product-passports.ts'
import { faultsOf, makePassport, startPassportServer, type PassportServer } from './passport-server.ts'

describe('product passports', () => {
  let server: PassportServer
  beforeAll(async () => {
    server = await startPassportServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())
  const change = (id: string, body: Record<string, unknown>) =>
    server.api.call(contract.changeProductPassport, { params: { id }, body })

  it('are made with a GTIN of any length, kept as 14 digits, and told with their Digital Link', async () => {
    const passport = await makePassport(server.api, { gtin: '9506000134352', lot: 'A/1', serial: null })
    expect(passport).toMatchObject({
      gtin: '09506000134352',
      granularity: 'lot',
      lot: 'A/1',
      serial: null,
      status: 'draft',
      revision: 1,
      digital_link: 'https://qrscan.ink/01/09506000134352/10/A%2F1',
    })
  })

  it.each([
    [{ gtin: '09506000134377' }, 'gtin', /check digit/i],
    [{ gtin: '00000000000000' }, 'gtin', /nobody/],
    [{ granularity: 'lot' as const }, 'lot', /needs the lot/],
    [{ granularity: 'item' as const }, 'serial', /needs its serial/],
    [{ granularity: 'model' as const, lot: 'A' }, 'lot', /model has no lot/],
    [{ granularity: 'lot' as const, lot: 'A', serial: 'S' }, 'serial', /lot has no serial/],
    [{ lot: 'Größe' }, 'lot', /without accents/],
    [{ lot: 'A^21X' }, 'lot', /without accents/],
    [{ profile: 'battery' as const, extension: { ingredients: 'x' } }, 'extension.ingredients', /no field/],
    [{ extension: { anything: 1 } }, 'extension.anything', /general profile has no field/],
    [
      { profile: 'battery' as const, extension: { rated_capacity: 'many' } },
      'extension.rated_capacity',
      /number/,
    ],
    [
      { profile: 'battery' as const, extension: { recycled_lead: 101 } },
      'extension.recycled_lead',
      /at most 100 %/,
    ],
    [{ profile: 'battery' as const, extension: { cycles: 1.5 } }, 'extension.cycles', /whole/],
    [
      { profile: 'battery' as const, extension: { in_service_on: '2027-02-30' } },
      'extension.in_service_on',
      /day/,
    ],
    [
      { profile: 'electronics' as const, extension: { energy_class: 'H' } },
      'extension.energy_class',
      /one of: A/,
    ],
    [{ profile: 'food' as const, extension: { is_organic: 'yes' } }, 'extension.is_organic', /true or false/],
    [
      {
        core: {
          materials: [
            { name: 'a', share: 9000 },
            { name: 'b', share: 1001 },
          ],
        },
      },
      'core.materials',
      /100 %/,
    ],
    [
      { core: { documents: [{ kind: 'manual' as const, title: 'x', url: 'http://x.example.com' }] } },
      'core.documents.0.url',
      /HTTPS|https/,
    ],
    [
      { links: [{ type: 'instructions', url: 'https://example.com/', title: 'x' }] },
      'links.0.type',
      /invalid/,
    ],
  ])('refuse %j', async (body, field, sentence) => {
    const faults = await faultsOf(makePassport(server.api, body))
    expect(Object.keys(faults)).toContain(field)
    expect(faults[field]?.[0]).toMatch(sentence)
  })

  it('take every sign that GS1 takes in a lot, brackets as those of an element too', async () => {
    const lot = 'A(21)B%!"&_<>?:;'
    const passport = await makePassport(server.api, { lot, serial: '(10)(01)' })
    expect(passport).toMatchObject({ lot, serial: '(10)(01)', granularity: 'item' })
    expect(decodeURIComponent(passport.digital_link)).toBe(
      `https://qrscan.ink/01/09506000134376/10/${lot}/21/(10)(01)`,
    )
  })

  it('keep what a profile knows in its order, without what is empty', async () => {
    const passport = await makePassport(server.api, {
      lot: 'P1',
      profile: 'battery',
      extension: { cycles: 3, chemistry: 'LFP', anode: null, in_service_on: '' },
    })
    expect(JSON.stringify(passport.extension)).toBe('{"chemistry":"LFP","cycles":3}')
    const { product_passport } = await change(passport.id, { profile: 'food' })
    expect(product_passport.extension).toEqual({})
  })

  it('are one for the same goods of a business, also where the other one is archived', async () => {
    const first = await makePassport(server.api, { lot: 'TWIN' })
    expect((await faultsOf(makePassport(server.api, { lot: 'TWIN' })))['lot']?.[0]).toMatch(/already/)
    await server.api.call(contract.deleteProductPassport, { params: { id: first.id } })
    const faults = await faultsOf(makePassport(server.api, { lot: 'TWIN' }))
    expect(faults['lot']?.[0]).toMatch(/archived: publish/)
    const other = await makePassport(server.api, { lot: 'OTHER' })
    expect(Object.keys(await faultsOf(change(other.id, { lot: 'TWIN' })))).toEqual(['lot'])
  })

  it('keep every revision for good, and make none where nothing changes', async () => {
    const made = await makePassport(server.api, { lot: 'REV', core: { brand: 'First' } })
    await change(made.id, { core: { brand: 'Second' }, name: 'Oats' })
    await change(made.id, { core: { brand: 'Second' } })
    const { product_passport: now } = await change(made.id, { status: 'published' })
    expect(now).toMatchObject({ revision: 3, status: 'published', core: { brand: 'Second' } })
    const at = async (revision: number) =>
      (await server.api.call(contract.findProductPassport, { params: { id: made.id }, query: { revision } }))
        .product_passport
    expect(await at(1)).toMatchObject({ revision: 1, name: 'Rolled oats', core: { brand: 'First' } })
    expect(await at(2)).toMatchObject({ revision: 2, name: 'Oats', status: 'draft' })
    await expect(at(4)).rejects.toMatchObject({ status: 404 })
    const { revisions } = await server.api.call(contract.listPassportRevisions, {
      params: { id: made.id },
      query: { per_page: 2 },
    })
    expect(revisions).toMatchObject({
      total: 3,
      data: [
        { revision: 3, name: 'Oats', status: 'published' },
        { revision: 2, name: 'Oats', status: 'draft' },
      ],
    })
    expect(revisions.data[0]?.by).toMatch(/./)
  })

  it('are archived by DELETE, and lost never', async () => {
    const made = await makePassport(server.api, { lot: 'DEL', status: 'published' })
    await server.api.call(contract.deleteProductPassport, { params: { id: made.id } })
    const found = await server.api.call(contract.findProductPassport, { params: { id: made.id }, query: {} })
    expect(found.product_passport).toMatchObject({ status: 'archived', revision: 2 })
    await server.api.call(contract.deleteProductPassport, { params: { id: made.id } })
    const again = await change(made.id, { status: 'published' })
    expect(again.product_passport).toMatchObject({ status: 'published', revision: 3 })
  })

  it('keep their identity once published, and are no drafts again', async () => {
    const made = await makePassport(server.api, { lot: 'PUB', status: 'published' })
    expect((await faultsOf(change(made.id, { lot: 'PUB2' })))['lot']?.[0]).toMatch(/codes are on goods/)
    expect((await faultsOf(change(made.id, { status: 'draft' })))['status']?.[0]).toMatch(/Archive it/)
    await server.api.call(contract.deleteProductPassport, { params: { id: made.id } })
    expect(Object.keys(await faultsOf(change(made.id, { lot: 'PUB2' })))).toEqual(['lot'])
    const draft = await makePassport(server.api, { lot: 'DRAFT' })
    expect((await change(draft.id, { lot: 'DRAFT2' })).product_passport.lot).toBe('DRAFT2')
    await server.api.call(contract.deleteProductPassport, { params: { id: draft.id } })
    expect((await change(draft.id, { status: 'draft' })).product_passport.status).toBe('draft')
  })

  it('are changed by one person at a time', async () => {
    const made = await makePassport(server.api, { lot: 'ETAG' })
    const path = `${server.url}/api/product-passports/${made.id}`
    const { headers } = await server.get(`/api/product-passports/${made.id}`)
    const etag = headers.get('etag') ?? ''
    expect(etag).toMatch(/^"/)
    const patch = () =>
      fetch(path, {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${server.bearer}`,
          'Content-Type': 'application/json',
          'If-Match': etag,
        },
        body: '{"name":"Changed"}',
      })
    expect((await patch()).status).toBe(200)
    expect((await patch()).status).toBe(412)
  })

  it('are listed the newest first, and found by name, number, state and letters of any language', async () => {
    const made = await makePassport(server.api, { name: 'ÉCLAIR 100%', lot: 'FIND', status: 'published' })
    const list = async (query: Record<string, string>) =>
      (await server.api.call(contract.listProductPassports, { query })).product_passports.data.map(
        ({ id }) => id,
      )
    expect((await list({}))[0]).toBe(made.id)
    expect(await list({ search: 'éclair' })).toEqual([made.id])
    expect(await list({ search: '100%' })).toEqual([made.id])
    expect(await list({ search: '100_' })).toEqual([])
    expect(await list({ search: 'find' })).toEqual([made.id])
    expect(await list({ status: 'archived' })).not.toContain(made.id)
    expect(await list({ gtin: '9506000134376' })).toContain(made.id)
  })

  it('of another business are not there for a token, and need the scope to be changed', async () => {
    const made = await makePassport(server.api, { lot: 'SCOPE' })
    const call = async (token: string, method: string, path = `/${made.id}`) =>
      (
        await fetch(`${server.url}/api/product-passports${path}`, {
          method,
          headers: { Authorization: `Bearer ${token}` },
        })
      ).status
    const reader = await server.makeToken(['passports:read'])
    expect(await call(reader, 'GET')).toBe(200)
    expect(await call(reader, 'DELETE')).toBe(403)
    expect(await call(reader, 'POST', `/${made.id}/recall-override`)).toBe(403)
    const { createBusiness } = await import('#contract/businesses.ts')
    const { business } = await server.window.call(createBusiness, { body: { name: 'Another' } })
    const other = await server.makeToken(['*'], { business_id: business.id })
    for (const path of ['', '/exports', '/analytics'])
      expect(await call(other, 'GET', `/${made.id}${path}`)).toBe(404)
    expect(await call(other, 'DELETE')).toBe(404)
    expect(await call(other, 'GET', `?business_id=${made.business_id}`)).toBe(403)
  })
})
