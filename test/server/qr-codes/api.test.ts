import { createCanvas } from '@napi-rs/canvas'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  changeBrandPreset,
  createBrandPreset,
  deleteBrandPreset,
  findBrandPreset,
  listBrandPresets,
} from '#contract/brand-presets.ts'
import { createBusiness } from '#contract/businesses.ts'
import { createExportBundle, findExportBundle } from '#contract/export-bundles.ts'
import type { ApiError } from '#contract/errors.ts'
import { drawQrCode, judgeQrCode } from '#contract/qr-codes.ts'
import { createQrLink } from '#contract/qr-links.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

let server: TestServer
let logo: string
beforeAll(async () => {
  server = await startTestServer()
  const canvas = createCanvas(50, 30)
  canvas.getContext('2d').fillRect(0, 0, 50, 30)
  logo = `data:image/png;base64,${(await canvas.encode('png')).toString('base64')}`
})
afterAll(() => server[Symbol.asyncDispose]())

async function refusal(work: Promise<unknown>): Promise<ApiError> {
  return work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: unknown) => error as ApiError,
  )
}

const text = 'https://example.com/spring?table=4'
const draw = async (body: object): Promise<Response> =>
  server.window.request(drawQrCode, { body: { text, ...body } })

describe('a code of any text', () => {
  test.each([
    ['svg', 'image/svg+xml', '<svg'],
    ['png', 'image/png', '\u0089PNG'],
    ['pdf', 'application/pdf', '%PDF-'],
    ['eps', 'application/postscript', '%!PS-Adobe'],
  ] as const)('is had as %s', async (format, type, start) => {
    const answer = await draw({ format, style: { shape: 'rounded', ecc: 'H' }, logo })
    expect(answer.headers.get('content-type')).toBe(type)
    expect(
      Buffer.from(await answer.arrayBuffer())
        .toString('latin1')
        .slice(0, start.length),
    ).toBe(start)
  })

  test('is read off its picture', async () => {
    const answer = await draw({ format: 'png', size: 500, style: { finder: 'circle', ecc: 'H' }, logo })
    expect(await readCodes(new Uint8Array(await answer.arrayBuffer()))).toEqual([text])
  })

  test('that phones could not read is refused with what mends it', async () => {
    expect(await refusal(draw({ style: { foreground: '#ffee00' } }))).toMatchObject({
      status: 422,
      errors: { 'style.foreground': [expect.stringContaining('Choose a darker colour')] },
    })
    expect((await refusal(draw({ style: { ecc: 'L', logo_size: 0.3 }, logo }))).errors).toHaveProperty([
      'style.ecc',
    ])
    expect((await refusal(draw({ text: 'x'.repeat(2400) }))).errors).toHaveProperty('text')
    expect((await refusal(draw({ logo: 'https://example.com/logo.png' }))).errors).toHaveProperty('logo')
    const large = { size: 8192, style: { shape: 'dot' } }
    expect((await refusal(draw(large))).errors).toHaveProperty('size')
  })

  test('is judged by arithmetic and by a reader', async () => {
    const { advice, receipt } = await server.window.call(judgeQrCode, {
      body: { text, style: { foreground: '#eeee00', margin: 1 } },
    })
    expect(advice.map(({ code }) => code)).toEqual(['contrast_low', 'quiet_zone_missing'])
    // A perfect picture is read all the same: that is why it is not the judge alone.
    expect(receipt).toMatchObject({ read: true, ecc: 'M' })
  })
})

describe('a client’s look', () => {
  test('is kept, changed under its version, and removed', async () => {
    const style = { foreground: '#102a43', shape: 'rounded' as const }
    const { brand_preset: made } = await server.window.call(createBrandPreset, {
      body: { name: 'Bakery', style, logo, campaigns: ['Bread'] },
    })
    expect(made).toMatchObject({ name: 'Bakery', style, logo, campaigns: ['Bread'] })
    const params = { id: made.id }
    const { headers } = await server.window.callWithHeaders(findBrandPreset, { params })
    const etag = headers.get('etag') ?? ''
    const change = { params, body: { name: 'Bakery Müller' }, headers: { 'If-Match': etag } }
    expect((await server.window.call(changeBrandPreset, change)).brand_preset).toMatchObject({
      name: 'Bakery Müller',
      style,
      logo,
    })
    expect((await refusal(server.window.call(changeBrandPreset, change))).status).toBe(412)
    expect((await server.window.call(listBrandPresets, {})).brand_presets.total).toBe(1)
    const drawn = await server.window.request(drawQrCode, { body: { text, preset_id: made.id } })
    expect(await drawn.text()).toContain('#102a43')
    await server.window.call(deleteBrandPreset, { params })
    expect((await refusal(server.window.call(findBrandPreset, { params }))).status).toBe(404)
    expect((await refusal(draw({ preset_id: made.id }))).errors).toHaveProperty('preset_id')
  })

  test('that phones cannot read is refused', async () => {
    const body = { name: 'Yellow', style: { foreground: '#ffff00' } }
    expect((await refusal(server.window.call(createBrandPreset, { body }))).errors).toHaveProperty([
      'style.foreground',
    ])
  })

  test('is taken by the links of its campaigns, logo and all', async () => {
    const body = {
      name: 'Wine',
      style: { foreground: '#5b0f1f', ecc: 'H' as const },
      logo,
      campaigns: ['Wine'],
    }
    await server.window.call(createBrandPreset, { body })
    for (const [slug, campaign] of [
      ['red', 'Wine'],
      ['bread', 'Other'],
    ]) {
      await server.window.call(createQrLink, {
        body: { slug: slug!, campaign: campaign!, destination_url: 'https://example.com/' },
      })
    }
    const { bundle } = await server.window.call(createExportBundle, {
      body: { kind: 'qr_codes', formats: ['svg'] },
    })
    const done = async () =>
      (await server.window.call(findExportBundle, { params: { id: bundle.id } })).bundle.status
    await expect.poll(done, { timeout: 20_000 }).toBe('ready')
    const answer = await server.fetch(`/api/exports/bundles/${bundle.id}/download`)
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(strFromU8(files['red.svg']!)).toContain('#5b0f1f')
    expect(strFromU8(files['red.svg']!)).toContain('<image ')
    expect(strFromU8(files['bread.svg']!)).not.toContain('#5b0f1f')
  })
})

describe('the picture of a link', () => {
  const picture = async (id: string, query: Record<string, string> = {}): Promise<Response> =>
    server.fetch(`/api/qr-links/${id}/image?${new URLSearchParams(query)}`)
  const link = async (slug: string, campaign: string | null, style: object = {}) => {
    const body = { slug, campaign, style, destination_url: 'https://example.com/' }
    return (await server.window.call(createQrLink, { body })).qr_link
  }
  const preset = async (name: string, style: QrStyle, campaigns: string[], withLogo = false) => {
    const body = { name, style, campaigns, logo: withLogo ? logo : null }
    return (await server.window.call(createBrandPreset, { body })).brand_preset
  }

  test('takes the look of its campaign, its own over that, a preset that is named over both, the query over all', async () => {
    await preset('Cheese', { foreground: '#5a3d00', background: '#fff8e1', ecc: 'H' }, ['Cheese'], true)
    const named = await preset('Blue', { foreground: '#003a8c' }, [])
    const [gouda, edam, other] = [
      await link('gouda', 'Cheese'),
      await link('edam', 'Cheese', { foreground: '#7a0000' }),
      await link('plain-one', 'None of them'),
    ]
    const plain = await (await picture(other.id)).text()
    expect(plain).not.toContain('<image ')
    expect(plain).toContain('#000')
    const usual = await (await picture(gouda.id)).text()
    for (const part of ['#5a3d00', '#fff8e1', '<image ']) expect(usual).toContain(part)
    const own = await (await picture(edam.id)).text()
    for (const part of ['#7a0000', '#fff8e1', '<image ']) expect(own).toContain(part)
    const asked = await (await picture(edam.id, { preset_id: named.id, background: '#ffffff' })).text()
    for (const part of ['#003a8c', '#ffffff', '<image ']) expect(asked).toContain(part)
    expect(asked).not.toContain('#7a0000')
    const last = await (await picture(edam.id, { foreground: '#101010', logo: 'none' })).text()
    expect(last).toContain('#101010')
    expect(last).not.toContain('<image ')
    const png = await picture(gouda.id, { format: 'png', size: '600' })
    expect(await readCodes(new Uint8Array(await png.arrayBuffer()))).toEqual([gouda.short_url])
  })

  test('has a logo of the query’s own, and says what is wrong with one', async () => {
    const { id } = await link('own-logo', null)
    expect(await (await picture(id, { logo, ecc: 'H' })).text()).toContain('<image ')
    for (const wrong of ['https://example.com/logo.png', 'data:image/png;base64,AAAA', 'x']) {
      const answer = await picture(id, { logo: wrong })
      expect([wrong, answer.status]).toEqual([wrong, 422])
      expect(await answer.json()).toHaveProperty('errors.logo')
    }
    const answer = await picture(id, { preset_id: '019ab000-0000-7000-8000-000000000001' })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toHaveProperty('errors.preset_id')
  })

  test('that phones could not read is refused with what mends it, and left out of a ZIP with why', async () => {
    const { id } = await link('yellow', 'Yellow', { foreground: '#ffee00' })
    await link('black', 'Yellow')
    const answer = await picture(id)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: { foreground: [expect.stringContaining('Choose a darker colour')] },
    })
    expect((await picture(id, { foreground: '#000000' })).status).toBe(200)
    const zip = await server.fetch('/api/qr-links/images?campaign=Yellow')
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
    expect(Object.keys(files)).toEqual(['black.svg', 'index.csv'])
    expect(strFromU8(files['index.csv']!)).toMatch(/^,yellow,.*Choose a darker colour/m)
  })

  test('is in a ZIP as it is alone', async () => {
    const zip = await server.fetch('/api/qr-links/images?campaign=Cheese')
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
    expect(strFromU8(files['gouda.svg']!)).toContain('#5a3d00')
    expect(strFromU8(files['gouda.svg']!)).toContain('<image ')
    expect(strFromU8(files['edam.svg']!)).toContain('#7a0000')
    const unknown = '/api/qr-links/images?preset_id=019ab000-0000-7000-8000-000000000001'
    expect((await server.fetch(unknown)).status).toBe(422)
  })

  test('of another business takes nothing of ours, whatever its campaign is called', async () => {
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    const body = {
      slug: 'theirs',
      campaign: 'Cheese',
      business_id: business.id,
      destination_url: 'https://example.com/',
    }
    const { qr_link } = await server.window.call(createQrLink, { body })
    expect(await (await picture(qr_link.id)).text()).not.toContain('#5a3d00')
    const ours = (await server.window.call(listBrandPresets, {})).brand_presets.data[0]!
    expect((await picture(qr_link.id, { preset_id: ours.id })).status).toBe(422)
  })
})
