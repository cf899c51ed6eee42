import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrandPreset } from '#contract/brand-presets.ts'
import { changeSettings } from '#contract/device.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { faults, look, saved } from './look.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

const titles = ['Poster “Spree”', 'مرحبا بالعالم', '你好，世界', '<b>Bold</b>']

describe.skipIf(noBrowser !== undefined)('print sheets and bundles on screen', { timeout: 90_000 }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }, 60_000)
  afterAll(() => open[Symbol.asyncDispose]())

  /** The line of a bundle once it is there to be saved: codes are counted as read back before. */
  const ready = (name: string) =>
    page
      .getByRole('listitem')
      .filter({ hasText: name })
      .filter({ has: page.getByText('Ready', { exact: true }) })

  test('say that there is nothing yet', async () => {
    await page.goto(new URL('/exports', page.url()).href)
    await page.getByRole('heading', { name: 'No bundles yet' }).waitFor()
    await page.getByText('No link matches, so the labels stay empty').waitFor()
    await look(page, 'exports-empty')
    expect(await faults(page)).toEqual([])
  })

  test('begin at the list of links, with those that it shows', async () => {
    const client = await clientOfPage(open)
    await client.call(changeSettings, { body: { throttles: { 'user-api': 100_000 } } })
    for (let index = 0; index < 40; index++) {
      const body = {
        slug: `berlin-${index}`,
        destination_url: `https://example.com/${index}`,
        title: `${titles[index % titles.length]} ${index}`,
        campaign: index % 2 === 0 ? 'Spring' : 'Autumn',
      }
      await client.call(createQrLink, { body })
    }
    await page.goto(new URL('/qr-links?campaign=Spring', page.url()).href)
    await page.getByRole('button', { name: 'Print sheets and bundles' }).click()
    await page.getByText('Campaign Spring').waitFor()
    await page.getByText('20 labels on 1 page').waitFor()
    await look(page, 'exports-sheet')
    expect(await faults(page)).toEqual([])
  })

  test('show each page as it will be printed, and what cannot be', async () => {
    await page.getByRole('textbox', { name: 'Copies of each' }).fill('3')
    await page.getByText('60 labels on 3 pages').waitFor()
    await page.getByRole('switch', { name: 'Number the labels' }).click({ force: true })
    await page.getByRole('switch', { name: 'Cut marks' }).click({ force: true })
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByRole('img', { name: 'Page 2 of 3 as it will be printed' }).waitFor()
    await look(page, 'exports-page-2')
    open.expectStatus(422)
    await page.getByRole('textbox', { name: 'Labels to leave free' }).fill('21')
    await page.getByText('The first page has 21 labels').waitFor()
    await page.getByRole('textbox', { name: 'Labels to leave free' }).fill('4')
    await page.getByRole('button', { name: /^Avery L7160/ }).click()
    await page.getByRole('option', { name: 'Sizes of my own' }).click()
    await page.getByRole('textbox', { name: 'Left edge to left edge, mm' }).fill('40,5')
    await page.getByText('Labels would overlap').waitFor()
    await look(page, 'exports-overlap')
    expect(await faults(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Left edge to left edge, mm' }).fill('66')
    await page.getByText('60 labels on 4 pages').waitFor()
  })

  test('are made, read back and saved as a PDF', async () => {
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByText('20 read back').waitFor()
    await look(page, 'exports-ready')
    expect(await faults(page)).toEqual([])
    const pdf = await saved(page, 'Save the PDF')
    expect(pdf.name).toMatch(/^print-sheets-\d{4}-\d\d-\d\d\.pdf$/)
    expect(pdf.bytes.toString('latin1', 0, 5)).toBe('%PDF-')
    expect(Object.keys(unzipSync((await saved(page, 'Save the ZIP')).bytes))).toContain('manifest.csv')
  })

  test('of ticked links alone are files in a ZIP', async () => {
    await page.goto(new URL('/qr-links', page.url()).href)
    const rows = page.getByRole('grid', { name: 'QR links' }).getByRole('row')
    for (const index of [1, 2])
      await rows.nth(index).getByRole('checkbox', { includeHidden: true }).click({ force: true })
    await page.getByRole('button', { name: 'Print sheets and bundles' }).click()
    await page.getByText('2 links that you chose').waitFor()
    await page.getByRole('button', { name: /^Print sheets \(PDF\)/ }).click()
    await page.getByRole('option', { name: 'Files of codes (ZIP)' }).click()
    await look(page, 'exports-codes')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await ready('Codes of 2 links').getByText('2 read back').waitFor()
    const { bytes } = await saved(page, 'Save the ZIP')
    expect(Object.keys(unzipSync(bytes))).toHaveLength(6)
  })

  test('wear a client’s look, that of the campaign or one that is chosen', async () => {
    const client = await clientOfPage(open)
    const keep = (name: string, foreground: string, campaigns: string[]) =>
      client.call(createBrandPreset, { body: { name, style: { foreground }, campaigns } })
    await keep('Bakery', '#5b0f1f', ['Autumn'])
    await keep('Vineyard', '#0f5b1f', [])
    await page.goto(new URL('/exports?campaign=Autumn', page.url()).href)
    const drawn = async (): Promise<string> => {
      const picture = page.getByRole('img', { name: /as it will be printed$/ })
      return decodeURIComponent((await picture.getAttribute('src')) ?? '')
    }
    await expect.poll(drawn, { timeout: 15_000 }).toContain('#5b0f1f')
    await page.getByRole('button', { name: /Client’s look$/ }).click()
    await page.getByRole('option', { name: 'Vineyard' }).click()
    await expect.poll(drawn, { timeout: 15_000 }).toContain('#0f5b1f')
    await look(page, 'exports-look')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: /^Print sheets \(PDF\)/ }).click()
    await page.getByRole('option', { name: 'Files of codes (ZIP)' }).click()
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await ready('Codes of 20 links').waitFor()
    const files = unzipSync((await saved(page, 'Save the ZIP')).bytes)
    const svg = Object.keys(files).find((name) => name.endsWith('.svg')) ?? ''
    expect(String(Buffer.from(files[svg]!))).toContain('#0f5b1f')
    await page.getByRole('button', { name: 'Delete “Codes of 20 links”' }).click()
    await page.getByText('Codes of 20 links').waitFor({ state: 'detached' })
  })

  test('are cancelled while they are made', async () => {
    await page.goto(new URL('/exports', page.url()).href)
    await page.getByRole('button', { name: /^Print sheets \(PDF\)/ }).click()
    await page.getByRole('option', { name: 'Files of codes (ZIP)' }).click()
    await page.getByRole('textbox', { name: 'Pixels a side' }).fill('4096')
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Delete “Codes of 40 links”' }).click()
    await page.getByText('Codes of 40 links').waitFor({ state: 'detached' })
  })

  test('stay within a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wider).toBe(0)
    await look(page, 'exports-narrow')
    expect(await faults(page, 'main')).toEqual([])
  })

  test('raise nothing in the browser', () => {
    expect(open.faults).toEqual([])
  })
})
