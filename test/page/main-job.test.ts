import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readCodes } from '#test/support/read-codes.ts'
import { agencySheet, noBrowser, openPage, type OpenPage } from './open-page.ts'

/** `QRSCAN_ROWS=100000` for the size that the issue names. */
const rows = Number(process.env['QRSCAN_ROWS'] ?? 10_000)
const shown = rows.toLocaleString('en-GB')
const timeout = 60_000 + rows

if (noBrowser !== undefined) console.warn(`The page is not driven: ${noBrowser}.`)

describe.skipIf(noBrowser !== undefined)('the page in Chromium, from the launch link on', { timeout }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ acceptDownloads: true })
    page = open.page
    page.setDefaultTimeout(timeout / 2)
  }, timeout)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  const button = (name: string | RegExp, exact = true): Locator => page.getByRole('button', { name, exact })
  const tile = (name: string): Locator =>
    page.getByRole('group', { name: /^Summary/ }).getByRole('button', { name })
  const grid = (): Locator => page.getByRole('grid', { name: 'Rows of the file' })

  async function bringFile(name: string, text: string): Promise<void> {
    const choosing = page.waitForEvent('filechooser')
    await button('Choose a file').click()
    await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  }

  async function save(): Promise<void> {
    await button('Save links').click()
    await page.getByText('The links are saved').waitFor()
  }

  test('the empty app says what to do first', async () => {
    await page.getByText('Make your first QR link').waitFor()
    expect(new URL(page.url()).hash).toBe('')
    await page.getByRole('main').getByRole('link', { name: 'Import a spreadsheet' }).click()
    await page.getByText('Drop a spreadsheet here').waitFor()
  })

  test('a spreadsheet shows its first rows at once and then what is wrong with which cell', async () => {
    const text = agencySheet(rows)
    const from = performance.now()
    await bringFile('agency.csv', text)
    await page.getByText('berlin-1', { exact: true }).first().waitFor()
    const firstRows = performance.now() - from
    await tile('Errors').waitFor()
    expect(await tile('All rows').textContent()).toContain(shown)
    expect(await tile('Errors').textContent()).toContain('5')
    expect(await grid().getByRole('row').count()).toBeLessThan(100)
    process.stdout.write(
      `first rows after ${firstRows.toFixed(0)} ms, checked after ${(performance.now() - from).toFixed(0)} ms\n`,
    )
  })

  test('the errors can be shown alone', async () => {
    await tile('Errors').click()
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('6')
    await tile('All rows').click()
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe(String(rows + 1))
  })

  test('a cell is mended in place with the keyboard alone', async () => {
    await grid().focus()
    await page.keyboard.press('Control+Home')
    for (let row = 0; row < 8; row++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('F2')
    const editor = grid().getByRole('textbox')
    expect(await editor.inputValue()).toBe('https://192.168.1.1/berlin/9?utm_source=qr')
    await editor.fill('https://www.example.com/mended')
    await page.keyboard.press('Enter')
    await expect.poll(() => tile('Errors').textContent()).toContain('4')
    await grid().getByText('https://www.example.com/mended').waitFor()
  })

  test('one kind of finding is mended in all rows by one press', async () => {
    await button('Take all suggestions for: Destination without https').click()
    await page.getByText('2 rows mended').waitFor()
    await expect.poll(() => tile('Errors').textContent()).toContain('2')
  })

  test('saved links are listed, undone they are gone, and the file can be imported again', async () => {
    await save()
    await page.getByText(`${(rows - 2).toLocaleString('en-GB')} links were created`).waitFor()
    await page.getByRole('link', { name: 'Show the links' }).click()
    await page
      .getByRole('grid', { name: 'QR links' })
      .getByText('berlin-1', { exact: false })
      .first()
      .waitFor()
    await page.getByText(`of ${(rows - 2).toLocaleString('en-GB')}`).waitFor()
    await page.goBack()
    await button('Undo import').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click()
    await page.getByText('The import was taken back').waitFor()
    await page.getByRole('link', { name: 'QR links' }).first().click()
    await page.getByText('Make your first QR link').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Import a spreadsheet' }).click()
    await bringFile('agency.csv', agencySheet(rows))
    await tile('Errors').waitFor()
    await save()
    expect(await page.getByText('The links are saved').count()).toBe(1)
  })

  test('a link opens and its code is exported as PNG and SVG that lead to it', async () => {
    await page.getByRole('link', { name: 'QR links' }).first().click()
    await page.getByRole('searchbox', { name: 'Search links' }).fill(`berlin-${rows}`)
    await page
      .getByRole('grid', { name: 'QR links' })
      .getByRole('link', { name: `Poster "Spree" ${rows}`, exact: true })
      .click()
    await page.getByRole('img', { name: /^QR code of/ }).waitFor()
    for (const format of ['PNG', 'SVG']) {
      const saving = page.waitForEvent('download')
      await button(format).click()
      const download = await saving
      expect(download.suggestedFilename()).toBe(`berlin-${rows}.${format.toLowerCase()}`)
      const bytes = readFileSync(await download.path())
      if (format === 'PNG') expect(await readCodes(bytes)).toEqual([`https://qrscan.ink/r/berlin-${rows}`])
      else expect(bytes.toString()).toMatch(/^(<\?xml[^>]*>\s*)?<svg/)
    }
  })

  test('a link made by hand shows what is wrong at its field, and can be edited', async () => {
    open.expectStatus(422)
    await page.getByRole('link', { name: 'QR links' }).first().click()
    await button('New link').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Destination').fill('https://www.example.com/by-hand')
    await dialog.getByLabel('Slug').fill('berlin-1')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect.poll(() => dialog.getByLabel('Slug').getAttribute('aria-invalid')).toBe('true')
    const described = await dialog.getByLabel('Slug').getAttribute('aria-describedby')
    const sentences = await Promise.all(
      described!.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent()),
    )
    expect(sentences.join(' ')).toMatch(/already been taken/)
    await dialog.getByLabel('Slug').fill('by-hand')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await page.getByText('Created by-hand').waitFor()
    await button('Edit by-hand').click()
    await dialog.getByLabel('Title').fill('Made by hand')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved by-hand').waitFor()
  })

  test('an edit over somebody else’s change is refused with both ways out', async () => {
    open.expectStatus(412)
    const session = await page.evaluate(() => sessionStorage.getItem('qrscan.session'))
    await button('Edit by-hand').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Notes').fill('Mine')
    const list = await fetch(`${open.app.url}/api/qr-links?search=by-hand`, {
      headers: { Authorization: `Bearer ${session}` },
    })
    const { qr_links: links } = (await list.json()) as { qr_links: { data: { id: string }[] } }
    await fetch(`${open.app.url}/api/qr-links/${links.data[0]!.id}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${session}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ title: 'Theirs' }),
    })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('This link was changed elsewhere').waitFor()
    await dialog.getByRole('button', { name: 'Overwrite with mine' }).click()
    await page.getByText('Saved by-hand').last().waitFor()
    await page.getByRole('grid', { name: 'QR links' }).getByText('Theirs').waitFor()
    await dialog.waitFor({ state: 'hidden' })
  })

  test('the command palette finds pages and links by keyboard', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('api tokens')
    await page.getByRole('option', { name: 'Go to API tokens' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('No tokens yet').waitFor()
    expect(new URL(page.url()).pathname).toBe('/settings/tokens')
  })

  test('a token’s secret is shown once, and the token can be revoked', async () => {
    await button('Create token').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Nightly export')
    await dialog.getByRole('checkbox', { name: 'links:read' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Create token' }).click()
    const secret = await dialog.getByLabel('Secret').textContent()
    const ask = () => fetch(`${open.app.url}/api/me`, { headers: { Authorization: `Bearer ${secret}` } })
    expect((await ask()).status).toBe(200)
    await dialog.getByRole('button', { name: 'I have stored it' }).click()
    await page.getByText('Nightly export').first().waitFor()
    expect(await page.content()).not.toContain(secret!.split('|')[1])
    await button('Revoke Nightly export').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('Revoked Nightly export').waitFor()
    expect((await ask()).status).toBe(401)
  })

  test('reloading keeps the session; the launch link used again says how to get a new one', async () => {
    await page.reload()
    await page.getByText('Nightly export').first().waitFor()
    open.expectStatus(403)
    const other = await open.browser.newPage()
    await other.goto(open.app.launchUrl)
    await other.getByText('This link no longer works').waitFor()
    await other.getByText('qrscan open').waitFor()
    expect(await other.evaluate(() => sessionStorage.length)).toBe(0)
    await other.close()
  })
})
