import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  changeBrandPreset,
  createBrandPreset,
  deleteBrandPreset,
  findBrandPreset,
  listBrandPresets,
} from '#contract/brand-presets.ts'
import { createExportBundle, findExportBundle } from '#contract/export-bundles.ts'
import type { ApiError } from '#contract/errors.ts'
import { drawQrCode, judgeQrCode } from '#contract/qr-codes.ts'
import { createQrLink } from '#contract/qr-links.ts'
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
    const { unzipSync, strFromU8 } = await import('fflate')
    const answer = await server.fetch(`/api/exports/bundles/${bundle.id}/download`)
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(strFromU8(files['red.svg']!)).toContain('#5b0f1f')
    expect(strFromU8(files['red.svg']!)).toContain('<image ')
    expect(strFromU8(files['bread.svg']!)).not.toContain('#5b0f1f')
  })
})
