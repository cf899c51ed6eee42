import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  changeProductPassport,
  exportProductPassport,
  findProductPassport,
  setRecallOverride,
} from '#contract/product-passports.ts'
import { findShownPassport } from '#server/features/product-passports/find-shown.ts'
import { makePassport, startPassportServer, type PassportServer } from './passport-server.ts'

describe('exports over the wire', () => {
  let server: PassportServer
  beforeAll(async () => {
    server = await startPassportServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('are what the manifest says, each in its own type and name', async () => {
    const { id } = await makePassport(server.api, { lot: 'X<y>&"', serial: null, status: 'published' })
    const { exports } = await server.api.call(exportProductPassport, { params: { id }, query: {} })
    expect(new Set(exports.map(({ format }) => format)).size).toBe(12)
    for (const { format, symbol, media_type, filename, bytes, sha256 } of exports) {
      const more = symbol ? `&symbol=${symbol}` : ''
      const reply = await server.get(`/api/product-passports/${id}/exports?format=${format}${more}`)
      const body = Buffer.from(await reply.arrayBuffer())
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toBe(media_type)
      expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="${filename}"`)
      expect([body.length, createHash('sha256').update(body).digest('hex')]).toEqual([bytes, sha256])
    }
  })

  it('refuse a symbol that the goods cannot have, and a format that is none', async () => {
    const { id } = await makePassport(server.api, { gtin: '19506000134373', lot: 'EAN' })
    const get = (query: string) => server.get(`/api/product-passports/${id}/exports?${query}`)
    expect((await get('format=label_svg&symbol=ean')).status).toBe(422)
    expect((await get('format=docx')).status).toBe(422)
    expect((await get('format=label_png')).status).toBe(200)
  })

  it('say that the product is recalled while it is, in earnest: not for an exercise, not before its time, not once closed', async () => {
    const told = async (id: string) =>
      (
        (await (await server.get(`/api/product-passports/${id}/exports?format=jsonld`)).json()) as Record<
          string,
          unknown
        >
      )['gs1:isProductRecalled']
    const notice = { title: 'Glass' }
    const real = await makePassport(server.api, { lot: 'REAL', status: 'published' })
    expect(await told(real.id)).toBe(false)
    await server.api.call(setRecallOverride, { params: { id: real.id }, body: { notice } })
    expect(await told(real.id)).toBe(true)
    const mock = await makePassport(server.api, { lot: 'MOCK', status: 'published' })
    await server.api.call(setRecallOverride, { params: { id: mock.id }, body: { notice, is_mock: true } })
    expect(await told(mock.id)).toBe(false)
    const later = await makePassport(server.api, { lot: 'LATER', status: 'published' })
    const body = { notice, effective_from: '2999-01-01T00:00:00Z' }
    await server.api.call(setRecallOverride, { params: { id: later.id }, body })
    expect(await told(later.id)).toBe(false)
    const { db } = server.server.context.database
    await db.updateTable('recalls').set({ status: 'closed' }).execute()
    expect(await told(real.id)).toBe(false)
    const found = await server.api.call(findProductPassport, { params: { id: real.id }, query: {} })
    expect(found.product_passport.recall_id).toBeNull()
    const again = await server.api.call(setRecallOverride, { params: { id: real.id }, body: { notice } })
    expect(again.recall.status).toBe('active')
    expect(await told(real.id)).toBe(true)
  })
})

describe('what a code finds', () => {
  let server: PassportServer
  beforeAll(async () => {
    server = await startPassportServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())
  const gtin = '09506000134352'
  const find = async (lot: string | null, serial: string | null) =>
    findShownPassport(server.server.context.database.db, { gtin, lot, serial })

  it('is exactly the goods’ own passport, never a draft; an item is found without its lot', async () => {
    const model = await makePassport(server.api, { gtin })
    expect(await find(null, null)).toBeUndefined()
    await server.api.call(changeProductPassport, { params: { id: model.id }, body: { status: 'published' } })
    const lot = await makePassport(server.api, { gtin, lot: 'A', status: 'published' })
    const item = await makePassport(server.api, { gtin, lot: 'A', serial: '1', status: 'published' })
    const loose = await makePassport(server.api, { gtin, serial: '2', status: 'archived' })
    expect((await find(null, null))?.passport.id).toBe(model.id)
    expect((await find('A', null))?.passport.id).toBe(lot.id)
    expect((await find('A', '1'))?.passport.id).toBe(item.id)
    expect((await find(null, '1'))?.passport.id).toBe(item.id)
    expect((await find('B', '2'))?.passport.id).toBe(loose.id)
    expect(await find('B', '1')).toBeUndefined()
    expect(await find('B', null)).toBeUndefined()
  })

  it('tells the recall before its page, with its mode and times', async () => {
    const { id } = await makePassport(server.api, { gtin, lot: 'R', status: 'published' })
    const body = {
      notice: { title: 'Glass' },
      mode: 'banner' as const,
      effective_from: '2026-12-01T00:00:00Z',
    }
    const { recall } = await server.api.call(setRecallOverride, { params: { id }, body })
    expect((await find('R', null))?.override).toEqual({
      recallId: recall.id,
      mode: 'banner',
      from: '2026-12-01T00:00:00.000000Z',
      to: null,
    })
  })
})
