import { createCanvas } from '@napi-rs/canvas'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readCodes } from '#test/support/read-codes.ts'
import { faults, look, saved } from './look.ts'
import { noBrowser, openPage, type OpenPage } from './open-page.ts'

const text = 'https://example.com/spring?table=4'
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** What a reader makes of the page itself. */
async function seen(page: Page): Promise<string[]> {
  return readCodes(await page.getByRole('img', { name: /^QR code of/ }).screenshot())
}

describe.skipIf(noBrowser !== undefined)('the code studio', { timeout: 60_000 }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(new URL('/studio', page.url()).href)
    await page.getByRole('textbox', { name: 'Text or address' }).waitFor()
  }, 60_000)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  test('draws what is typed, at once, and a reader reads it off the screen', async () => {
    await page.getByRole('textbox', { name: 'Text or address' }).fill(text)
    expect(await seen(page)).toEqual([text])
    await page.getByText('Nothing speaks against it.').waitFor()
    await look(page, 'studio')
    expect(await faults(page)).toEqual([])
  })

  test('says what phones could not read, saves nothing then, and mends it at a touch', async () => {
    await page.getByRole('textbox', { name: 'Colour of the code', exact: true }).fill('#ffd400')
    await page.getByText('Choose a darker colour', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: 'PNG', exact: true }).isDisabled()).toBe(true)
    await look(page, 'studio-refused')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: /^Mend: / }).click()
    await page.getByText('Nothing speaks against it.').waitFor()
    expect(
      await page.getByRole('textbox', { name: 'Colour of the code', exact: true }).inputValue(),
    ).not.toBe('#ffd400')
  })

  test('takes a logo, shapes and colours, and what it saves is read back', async () => {
    const canvas = createCanvas(300, 200)
    const context = canvas.getContext('2d')
    context.fillStyle = '#b3202a'
    context.fillRect(0, 0, 300, 200)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Add a logo' }).click(),
    ])
    await chooser.setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: canvas.toBuffer('image/png') })
    await choose(page, 'Modules', 'rounded')
    await choose(page, 'Corners', 'round')
    await page.getByText('modules, level H').waitFor()
    expect(await seen(page)).toEqual([text])
    expect(await readCodes((await saved(page, 'PNG')).bytes)).toEqual([text])
    await page.getByText('Read back: zxing-cpp', { exact: false }).waitFor()
    await look(page, 'studio-logo')
    expect(await faults(page)).toEqual([])
    expect((await saved(page, 'SVG')).bytes.toString()).toContain('<image ')
    expect((await saved(page, 'PDF')).bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await saved(page, 'EPS')).bytes.subarray(0, 4).toString()).toBe('%!PS')
  })

  test('copies the picture and the SVG', async () => {
    await page.getByRole('button', { name: 'Copy as a picture' }).click()
    await page.getByText('Copied').first().waitFor()
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const blob = await item!.getType('image/png')
      return [...new Uint8Array(await blob.arrayBuffer())]
    })
    expect(await readCodes(Uint8Array.from(copied))).toEqual([text])
    await page.getByRole('button', { name: 'Copy as SVG' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<svg /)
  })

  test('keeps a client’s look and takes it again; what was removed comes back by Undo', async () => {
    await page.getByRole('button', { name: 'Keep as a client’s look' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Name of the client' }).fill('Bakery Müller')
    await form.getByRole('textbox', { name: 'Campaigns' }).fill('Bread, Cakes')
    await look(page, 'studio-preset')
    expect(await faults(page)).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Save to “Bakery Müller”' }).waitFor()
    await choose(page, 'Client’s look', 'None')
    await page.getByRole('button', { name: 'Add a logo' }).waitFor()
    await choose(page, 'Client’s look', 'Bakery Müller')
    await page.getByRole('img', { name: 'Logo' }).waitFor()
    await page.getByRole('button', { name: 'Remove this look' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: /Client’s look$/ }).click()
    await page.getByRole('option', { name: 'Bakery Müller' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('says how much too long a text is', async () => {
    await page.getByRole('textbox', { name: 'Text or address' }).fill('a'.repeat(2500))
    await page.getByText('It has 2,500 bytes', { exact: false }).waitFor()
    await look(page, 'studio-too-long')
    await page.getByRole('textbox', { name: 'Text or address' }).fill(text)
  })

  test('fits on a telephone, in the dark', async () => {
    const theme = JSON.stringify({ theme: 'dark', density: 'touch' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), theme)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(new URL(`/studio?text=${encodeURIComponent(text)}`, page.url()).href)
    await page.getByRole('img', { name: /^QR code of/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await look(page, 'studio-phone-dark')
    expect(await faults(page)).toEqual([])
  })
})
