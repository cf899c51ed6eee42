import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeBusiness, createBusiness } from '#contract/businesses.ts'
import { createQrLink, type NewQrLink } from '#contract/qr-links.ts'
import type { CodeStyle } from '#codes/qr/code-style.ts'
import { drawCode, plainSize } from '#server/code-files/draw-code.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'qrscan-codes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasZbar = spawnSync('zbarimg', ['--version']).status === 0
const hasUnzip = spawnSync('unzip', ['-v']).status === 0

const short = 'https://qrscan.ink/r/menu'
const long = `https://a-rather-long-domain-of-a-client.example.com/r/${'seasonal-'.repeat(6)}menu`

type Options = CodeStyle & { size?: number }

const levels = ['L', 'M', 'Q', 'H'] as const
const cases: [string, string, Options][] = [
  ...levels.flatMap((ecc) =>
    [64, 127, 500, 1024].map((size): [string, string, Options] => [
      `${ecc} at ${size}`,
      short,
      { ecc, size },
    ]),
  ),
  ...levels.map((ecc): [string, string, Options] => [`long, ${ecc}`, long, { ecc, size: 333 }]),
  ...[0, 1, 2, 10, 40].map((margin): [string, string, Options] => [`margin ${margin}`, short, { margin }]),
  ['4096 pixels', short, { size: 4096 }],
  ['coloured', short, { foreground: '#7a1020', background: '#fdf6d8' }],
]

/** Width and height out of the file's header. */
const sizeOf = (png: Uint8Array): number[] => [16, 20].map((place) => Buffer.from(png).readUInt32BE(place))

/** What both readers make of a picture; neither shares code with what drew it. */
async function readAll(png: Uint8Array): Promise<string[]> {
  const found = await readCodes(png)
  if (!hasZbar) return found
  const file = join(folder, 'code.png')
  writeFileSync(file, png)
  const { stdout } = spawnSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' })
  return [...found, ...stdout.trim().split('\n')]
}

const draw =
  (format: 'png' | 'svg') =>
  async (text: string, { size, ...style }: Options): Promise<Buffer> =>
    (await drawCode(text, format, style, { size })).body

describe('a code as PNG', () => {
  // A reader wants some white around, and dots of more than one pixel; the others are shown on a page below.
  const plain = cases.filter(([, , { margin = 4, size = 1024 }]) => margin >= 2 && size > 64)
  it.each(plain)('is read by two readers: %s', async (_name, text, change) => {
    const { size = plainSize } = change
    const png = await draw('png')(text, change)
    expect(sizeOf(png)).toEqual([size, size])
    expect(await readAll(png)).toEqual(hasZbar ? [text, text] : [text])
  })

  it('is never so small that a module gets no pixel', async () => {
    const [width] = sizeOf(await draw('png')(long, { ecc: 'H', size: 64 }))
    expect(width).toBeGreaterThan(64)
  })
})

describe.skipIf(!existsSync(browserPath))('a code that Chromium shows', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1200, height: 1200 } })
  }, 60_000)
  afterAll(() => browser.close())

  const pictures = {
    'image/png': draw('png'),
    'image/svg+xml': draw('svg'),
  }

  it.each(Object.entries(pictures))(
    'is read off the screen: %s',
    { timeout: 60_000 },
    async (type, drawIt) => {
      for (const [name, text, change] of cases.filter(([, , { size = 1024 }]) => size <= 1024)) {
        const { size = plainSize } = change
        const zoom = size < 300 ? 4 : 1
        const source = `data:${type};base64,${(await drawIt(text, change)).toString('base64')}`
        const style = `image-rendering: pixelated; zoom: ${zoom}`
        await page.setContent(`<body style="margin: 40px"><img style="${style}" src="${source}">`)
        const width = await page.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)
        expect([name, width]).toEqual([name, size])
        expect([name, new Set(await readAll(await page.screenshot()))]).toEqual([name, new Set([text])])
      }
    },
  )
})

describe('over the API', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const add = async (link: Partial<NewQrLink>) => {
    const body = { destination_url: 'https://example.com/', ...link }
    return (await server.window.call(createQrLink, { body })).qr_link
  }
  const bytesOf = async (path: string) => new Uint8Array(await (await server.fetch(path)).arrayBuffer())

  it('the picture leads to the short link, in the way of the link and of the question', async () => {
    const link = await add({ slug: 'styled', style: { ecc: 'H', foreground: '#102030' } })
    const answer = await server.fetch(`/api/qr-links/${link.id}/image`)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="styled.svg"')
    expect(await answer.text()).toContain('#102030')
    const png = await server.fetch(`/api/qr-links/${link.id}/image?format=png&size=300&foreground=%23000080`)
    expect(png.headers.get('content-type')).toBe('image/png')
    const bytes = new Uint8Array(await png.arrayBuffer())
    expect(sizeOf(bytes)).toEqual([300, 300])
    expect(new Set(await readAll(bytes))).toEqual(new Set(['https://qrscan.ink/r/styled']))
    const params = { id: link.business_id }
    await server.window.call(changeBusiness, { params, body: { short_domain: 'go.example.com' } })
    const again = await bytesOf(`/api/qr-links/${link.id}/image?format=png`)
    expect(await readCodes(again)).toEqual(['https://go.example.com/r/styled'])
    await server.window.call(changeBusiness, { params, body: { short_domain: null } })
  })

  it('says what is wrong with a size, a level or a colour', async () => {
    const { id } = await add({})
    for (const query of ['size=63', 'size=4097', 'ecc=X', 'margin=41', 'foreground=red', 'format=gif']) {
      const answer = await server.fetch(`/api/qr-links/${id}/image?${query}`)
      expect([query, answer.status]).toEqual([query, 422])
    }
  })

  it('a ZIP has the code of each link that a filter shows, and an index that no spreadsheet runs', async () => {
    for (let n = 1; n <= 23; n++) await add({ slug: `table-${n}`, campaign: 'Tables', title: `=cmd(${n})` })
    await add({ slug: 'other', campaign: 'Other' })
    for (const format of ['png', 'svg']) {
      const zip = await bytesOf(`/api/qr-links/images?campaign=Tables&format=${format}&size=200`)
      const files = unzipSync(zip)
      const names = Array.from({ length: 23 }, (_, n) => `table-${n + 1}.${format}`)
      expect(new Set(Object.keys(files))).toEqual(new Set([...names, 'index.csv']))
      const index = strFromU8(files['index.csv']!)
      expect(index.trim().split('\r\n')).toHaveLength(24)
      expect(index).toContain(`table-7.${format},table-7,https://qrscan.ink/r/table-7,`)
      expect(index).not.toMatch(/(^|,|")=cmd/m)
      if (format === 'png') {
        for (const [n, name] of names.entries()) {
          expect(await readCodes(files[name]!)).toEqual([`https://qrscan.ink/r/table-${n + 1}`])
        }
      }
      if (!hasUnzip) continue
      writeFileSync(join(folder, 'codes.zip'), zip)
      expect(spawnSync('unzip', ['-tq', join(folder, 'codes.zip')], { encoding: 'utf8' }).stdout).toMatch(
        /No errors/,
      )
    }
    expect(Object.keys(unzipSync(await bytesOf('/api/qr-links/images?search=nothing-at-all')))).toEqual([
      'index.csv',
    ])
  })

  it('a ZIP of two businesses holds both codes of a slug that both have', async () => {
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    await add({ slug: 'twice', title: 'Twice' })
    await add({ slug: 'twice', title: 'Twice', business_id: business.id })
    const files = unzipSync(await bytesOf('/api/qr-links/images?search=twice'))
    expect(Object.keys(files)).toEqual(['twice.svg', `${business.id}/twice.svg`, 'index.csv'])
  })
})
