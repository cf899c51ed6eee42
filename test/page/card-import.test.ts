import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { faults, look, saved } from './look.ts'
import { noBrowser, openPage, type OpenPage } from './open-page.ts'

const book = [
  'First name,Last name,Company,E-mail Address,Mobile Phone,Website',
  'Ana,Müller,"Müller, Söhne & Töchter",ana@example.com,+49 171 1,https://example.com/ana',
  'Łukasz,Żak,,lukasz@example.com,,www.example.com',
  'Noor,,,noor at example,,',
  'Ana,Müller,,ana@example.com,,',
].join('\r\n')

describe.skipIf(noBrowser !== undefined)('cards from a spreadsheet, on screen', { timeout: 60_000 }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(new URL('/wallet', page.url()).href)
  }, 60_000)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  test('the list of cards leads to a spreadsheet, whose faults are told by their columns', async () => {
    await page.getByRole('button', { name: 'From a spreadsheet' }).click()
    await page.getByRole('button', { name: /The rows become/ }).waitFor()
    expect(await page.getByRole('button', { name: /The rows become/ }).textContent()).toContain(
      'Wallet cards',
    )
    await page.getByText('It needs names of people or companies').waitFor()
    await look(page, 'cards-drop')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file' }).click(),
    ])
    await chooser.setFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(book) })
    await page.getByRole('button', { name: 'Save cards' }).waitFor()
    await page.getByText('Create 1 card, update none, leave out 3 rows with errors.').waitFor()
    await page.getByText('Not a mail address').first().waitFor()
    await look(page, 'cards-preview')
    expect(await faults(page)).toEqual([])
  })

  test('suggestions are taken for all, cells are mended in place, and the cards are saved', async () => {
    await page.getByRole('button', { name: 'Take all suggestions for: Website without https' }).click()
    await page.getByText('Create 2 cards, update none, leave out 2 rows with errors.').waitFor()
    await page.getByRole('button', { name: 'Save cards' }).click()
    await page.getByRole('heading', { name: 'The cards are saved' }).waitFor()
    await look(page, 'cards-saved')
    await page.getByRole('link', { name: 'Show the cards' }).click()
    await page.getByText('These are the cards of one import.').waitFor()
    await page.getByRole('link', { name: 'Łukasz Żak' }).waitFor()
    expect(await page.getByRole('link', { name: /Ana Müller|Łukasz Żak/ }).count()).toBe(2)
    await look(page, 'cards-of-import')
    expect(await faults(page)).toEqual([])
  })

  test('they leave together: on label sheets, and as files', async () => {
    await page.getByRole('link', { name: 'Files and print sheets' }).click()
    await page.getByText('Of these cards').waitFor()
    await page.getByText('Of one import').waitFor()
    await page.getByRole('img', { name: /Page 1 of 1/ }).waitFor()
    await look(page, 'cards-sheet')
    await page.getByRole('button', { name: /What to make/ }).click()
    await page.getByRole('option', { name: 'Files of cards (ZIP)' }).click()
    await page.getByRole('checkbox', { name: /iCalendar/ }).waitFor()
    await look(page, 'cards-files')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await page.getByText('2 wallet cards').waitFor()
    await page.getByText('Ready').waitFor()
    const files = Object.keys(unzipSync((await saved(page, /^Save/)).bytes))
    expect(files).toEqual(expect.arrayContaining(['Ana Müller.vcf', 'Ana Müller.html', 'Łukasz Żak.vcf']))
  })

  test('keys that are missing are said where the bundle is asked for', async () => {
    open.expectStatus(422)
    await page.getByRole('checkbox', { name: /Apple Wallet/ }).click({ force: true })
    await page.getByRole('button', { name: 'Make the bundle' }).click()
    await page.getByText(/Apple Wallet credentials are not configured/).waitFor()
    await look(page, 'cards-unsigned')
  })

  test('the import is undone, and the list is as before', async () => {
    await page.goto(new URL('/imports', page.url()).href)
    await page.getByText(/Wallet cards ·/).waitFor()
    await page.getByRole('link', { name: 'people.csv' }).click()
    await page.getByRole('button', { name: 'Undo import' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click()
    await page.getByText('2 cards were taken back.').waitFor()
    await page.goto(new URL('/wallet', page.url()).href)
    await page.getByRole('heading', { name: 'No cards yet' }).waitFor()
  })
})
