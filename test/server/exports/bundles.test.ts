import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BodyOf } from '#contract/endpoint.ts'
import * as contract from '#contract/export-bundles.ts'
import type { ExportBundle } from '#contract/export-bundles.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

type Request = BodyOf<typeof contract.createExportBundle>

async function addLinks(server: TestServer, slugs: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const slug of slugs) {
    const body = { slug, destination_url: `https://example.com/${slug}`, title: `=Title of ${slug}` }
    ids.push((await server.window.call(createQrLink, { body })).qr_link.id)
  }
  return ids
}

async function make(server: TestServer, body: Request): Promise<ExportBundle> {
  return (await server.window.call(contract.createExportBundle, { body })).bundle
}

async function find(server: TestServer, id: string): Promise<ExportBundle> {
  return (await server.window.call(contract.findExportBundle, { params: { id } })).bundle
}

async function until(server: TestServer, id: string, ...statuses: ExportBundle['status'][]) {
  for (let tries = 0; tries < 400; tries++) {
    const bundle = await find(server, id)
    if (statuses.includes(bundle.status)) return bundle
    if (bundle.status === 'failed') throw new Error(bundle.reason ?? 'failed')
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  throw new Error(`The bundle never became ${statuses.join(' or ')}.`)
}

async function download(server: TestServer, id: string, query = ''): Promise<Buffer> {
  const response = await server.fetch(`/api/exports/bundles/${id}/download${query}`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

async function refusal(server: TestServer, body: Request): Promise<string[]> {
  const response = await server.fetch('/api/exports/bundles', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(422)
  return Object.keys(((await response.json()) as { errors: object }).errors)
}

const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('a bundle of codes', () => {
  it('holds every code, read back, with a manifest whose sums are right', async () => {
    await using server = await startTestServer()
    const slugs = ['spring', 'summer', 'con', 'autumn']
    await addLinks(server, slugs)
    const made = await make(server, { kind: 'qr_codes', formats: ['svg', 'png'], size: 256 })
    expect(made).toMatchObject({ status: 'queued', total: 4, done: 0 })
    const ready = await until(server, made.id, 'ready')
    expect(ready).toMatchObject({ done: 4, verified: 4, refused: 0 })
    const zip = await download(server, made.id)
    expect(sum(zip)).toBe(ready.sha256)
    expect(zip.length).toBe(ready.bytes)
    const files = unzipSync(zip)
    // What Windows keeps for devices has another name.
    const names = slugs.flatMap((slug) => {
      const name = slug === 'con' ? '_con' : slug
      return [`${name}.png`, `${name}.svg`]
    })
    expect(Object.keys(files).toSorted()).toEqual(
      [...names, 'manifest.csv', 'manifest.json'].toSorted((a, b) => (a < b ? -1 : 1)),
    )
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as {
      files: { file: string; text: string; sha256: string; receipt: { read: boolean } }[]
    }
    expect(manifest.files).toHaveLength(8)
    for (const { file, sha256, text, receipt } of manifest.files) {
      expect(sum(files[file]!)).toBe(sha256)
      expect(receipt.read).toBe(true)
      if (file.endsWith('.png')) expect(await readCodes(files[file]!)).toEqual([text])
    }
  })

  it('leaves out what cannot be read back, and says which and why', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['good'])
    const style = { foreground: '#ffffff', background: '#fffffe' }
    const body = { slug: 'unseen', destination_url: 'https://example.com/', style }
    await server.window.call(createQrLink, { body })
    const { id } = await make(server, { kind: 'qr_codes', formats: ['png'] })
    expect(await until(server, id, 'ready')).toMatchObject({ done: 2, verified: 1, refused: 1 })
    const files = unzipSync(await download(server, id))
    expect(Object.keys(files)).toEqual(['good.png', 'manifest.json', 'manifest.csv'])
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as {
      refused: { name: string; reason: string }[]
    }
    expect(manifest.refused).toMatchObject([
      { name: 'unseen', reason: expect.stringContaining('#fffffe') as string },
    ])
    const sheet = await make(server, { kind: 'print_sheets', layout: { stock: 'avery-l7160' } })
    expect(await until(server, sheet.id, 'ready')).toMatchObject({ verified: 1, refused: 1 })
  })

  it('is refused where nobody could read its style, and fails where no link of it can be read', async () => {
    await using server = await startTestServer()
    const body = { slug: 'a', destination_url: 'https://example.com/', style: { foreground: '#ffff00' } }
    await server.window.call(createQrLink, { body })
    const style = { foreground: '#eeeeee' }
    expect(await refusal(server, { kind: 'qr_codes', style })).toEqual(['style.foreground'])
    const { id } = await make(server, { kind: 'qr_codes' })
    await expect(until(server, id, 'ready')).rejects.toThrow('None of the codes could be made')
  })

  it('has a manifest of which spreadsheets run nothing', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['one'])
    const { id } = await make(server, { kind: 'qr_codes' })
    await until(server, id, 'ready')
    const csv = Buffer.from(unzipSync(await download(server, id))['manifest.csv']!).toString()
    expect(csv).toContain("'=Title of one")
  })

  it('holds the links that are named, in their order, and none of another business', async () => {
    await using server = await startTestServer()
    const ids = await addLinks(server, ['a', 'b', 'c'])
    const asked = [ids[2]!, ids[0]!, ids[2]!, 'not-there']
    const { id, total } = await make(server, { kind: 'qr_codes', ids: asked, formats: ['svg'] })
    expect(total).toBe(2)
    await until(server, id, 'ready')
    const manifest = Buffer.from(unzipSync(await download(server, id))['manifest.json']!).toString()
    expect(manifest.match(/"file":"\w+\.svg"/g)).toEqual(['"file":"c.svg"', '"file":"a.svg"'])
  })

  it('is the same bytes whenever it is made of the same', async () => {
    await using server = await startTestServer({ clock: () => Date.UTC(2026, 10, 23) })
    await addLinks(server, ['a', 'b'])
    const first = await make(server, { kind: 'qr_codes', formats: ['png'] })
    await until(server, first.id, 'ready')
    const files = unzipSync(await download(server, first.id))
    const second = await make(server, { kind: 'qr_codes', formats: ['png'] })
    await until(server, second.id, 'ready')
    const again = unzipSync(await download(server, second.id))
    for (const name of ['a.png', 'b.png', 'manifest.csv']) expect(again[name]).toEqual(files[name])
  })
})

describe('a bundle of print sheets', () => {
  it('holds the sheets, which can be had alone', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['a', 'b', 'c'])
    const layout = { stock: 'avery-l7160', copies: 10, cut_marks: true }
    const { id } = await make(server, { kind: 'print_sheets', layout })
    const ready = await until(server, id, 'ready')
    expect(ready).toMatchObject({ verified: 3, refused: 0 })
    const files = unzipSync(await download(server, id))
    const pdf = await download(server, id, '?format=pdf')
    expect(pdf.equals(Buffer.from(files['print-sheets.pdf']!))).toBe(true)
    expect(pdf.toString('latin1').match(/\/Type \/Page /g)).toHaveLength(2)
    const manifest = Buffer.from(files['manifest.json']!).toString()
    expect(manifest).toContain(sum(pdf))
  })

  it('is refused where the layout does not stand, with its field', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['a'])
    expect(await refusal(server, { kind: 'print_sheets' })).toEqual(['layout'])
    expect(await refusal(server, { kind: 'print_sheets', layout: { stock: 'none' } })).toEqual([
      'layout.stock',
    ])
    const skip = { stock: 'avery-l7160', skip: 21 }
    expect(await refusal(server, { kind: 'print_sheets', layout: skip })).toEqual(['layout.skip'])
  })

  it('is shown a page at a time before it is made', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['a', 'b', 'c'])
    const body = { kind: 'print_sheets' as const, layout: { stock: 'a4-2x4', copies: 5 }, page: 9 }
    const preview = await server.window.call(contract.previewSheet, { body })
    expect(preview).toMatchObject({ page: 2, pages: 2, labels: 15 })
    expect(preview.svg).toMatch(/^<svg [^>]*viewBox="0 0 210 297"/)
  })
})

describe('what bundles may be asked for', () => {
  it('ends at the caps, which are the ones that are shown', async () => {
    await using server = await startTestServer()
    const { caps } = await server.window.call(contract.listExportBundles, { query: {} })
    expect(caps['qr_codes']).toMatchObject({ max_rows: 10_000, remaining_today: 200 })
    expect(await refusal(server, { kind: 'qr_codes' })).toEqual(['filter'])
    await addLinks(server, ['a'])
    expect(await refusal(server, { kind: 'qr_codes', formats: ['vcf'] })).toEqual(['formats.0'])
    expect(await refusal(server, { kind: 'qr_codes', filter: { status: 'gone' } })).toEqual(['filter.status'])
    expect(await refusal(server, { kind: 'qr_codes', preset_id: 'none' })).toEqual(['preset_id'])
    expect(await refusal(server, { kind: 'wallet_cards' })).toEqual(['filter'])
    await make(server, { kind: 'qr_codes' })
    const after = await server.window.call(contract.listExportBundles, { query: {} })
    expect(after.caps['qr_codes']?.remaining_today).toBe(199)
    expect(after.bundles.total).toBe(1)
  })

  it('is each business’s own', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['a'])
    const { id } = await make(server, { kind: 'qr_codes' })
    await until(server, id, 'ready')
    const other = await server.fetch('/api/businesses', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Other' }),
    })
    const { business } = (await other.json()) as { business: { id: string } }
    const stranger = await server.makeToken(['exports:read'], { business_id: business.id })
    const headers = { Authorization: `Bearer ${stranger}` }
    for (const path of [`/api/exports/bundles/${id}`, `/api/exports/bundles/${id}/download`]) {
      expect((await server.fetch(path, { headers })).status).toBe(404)
    }
    const none = await server.makeToken(['links:read'])
    const reply = await server.fetch('/api/exports/bundles', { headers: { Authorization: `Bearer ${none}` } })
    expect(reply.status).toBe(403)
  })
})

describe('a bundle under way', () => {
  const slugs = Array.from({ length: 150 }, (_, index) => `link-${index}`)
  const large: Request = { kind: 'qr_codes', formats: ['png'], size: 2048 }
  const change = (server: TestServer, id: string, status: 'cancelled' | 'paused' | 'queued') =>
    server.window.call(contract.changeExportBundle, { params: { id }, body: { status } })

  it('is cancelled at once, and leaves no file', async () => {
    await using server = await startTestServer()
    await addLinks(server, slugs)
    const { id } = await make(server, large)
    await until(server, id, 'building')
    const { bundle } = await change(server, id, 'cancelled')
    expect(bundle.status).toBe('cancelled')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await find(server, id)).status).toBe('cancelled')
    expect(readdirSync(join(server.dataDir, 'exports'))).toEqual([])
    expect((await server.fetch(`/api/exports/bundles/${id}/download`)).status).toBe(409)
  })

  it('is paused, goes on where it was, and is whole', async () => {
    await using server = await startTestServer()
    await addLinks(server, slugs)
    const { id } = await make(server, large)
    for (let bundle = await find(server, id); bundle.done === 0; bundle = await find(server, id)) {
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    await change(server, id, 'paused')
    const paused = await find(server, id)
    expect(paused.status).toBe('paused')
    expect(paused.done).toBeLessThan(150)
    await change(server, id, 'queued')
    const ready = await until(server, id, 'ready')
    expect(ready).toMatchObject({ done: 150, verified: 150 })
    expect(Object.keys(unzipSync(await download(server, id)))).toHaveLength(152)
  })

  it('is deleted with its file', async () => {
    await using server = await startTestServer()
    await addLinks(server, ['a'])
    const { id } = await make(server, { kind: 'qr_codes' })
    await until(server, id, 'ready')
    await server.window.call(contract.deleteExportBundle, { params: { id } })
    expect(existsSync(join(server.dataDir, 'exports', `${id}.zip`))).toBe(false)
    expect((await server.fetch(`/api/exports/bundles/${id}`)).status).toBe(404)
  })

  it('expires, and says so to who asks for it', async () => {
    const time = { now: Date.UTC(2026, 10, 23) }
    await using server = await startTestServer({ clock: () => time.now })
    await addLinks(server, ['a'])
    const { id } = await make(server, { kind: 'qr_codes' })
    await until(server, id, 'ready')
    time.now += 7 * 24 * 3600_000
    expect((await server.fetch(`/api/exports/bundles/${id}/download`)).status).toBe(410)
  })

  it('that expired loses its file at the next start', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-bundles-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const first = await startTestServer({ dataDir })
    await addLinks(first, ['a'])
    const { id } = await make(first, { kind: 'qr_codes' })
    await until(first, id, 'ready')
    expect(readdirSync(join(dataDir, 'exports'))).toEqual([`${id}.zip`])
    await first.server.stop()
    const later = Date.now() + 8 * 24 * 3600_000
    await using second = await startTestServer({ dataDir, clock: () => later })
    await until(second, id, 'expired')
    expect(readdirSync(join(dataDir, 'exports'))).toEqual([])
  })

  it('goes on after the server was stopped in the middle of it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-bundles-'))
    const first = await startTestServer({ dataDir })
    await addLinks(first, slugs)
    const { id } = await make(first, large)
    for (let bundle = await find(first, id); bundle.done === 0; bundle = await find(first, id)) {
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    await first.server.stop()
    await using second = await startTestServer({ dataDir })
    const ready = await until(second, id, 'ready')
    expect(ready).toMatchObject({ done: 150, verified: 150 })
    expect(Object.keys(unzipSync(await download(second, id)))).toHaveLength(152)
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  })
})
