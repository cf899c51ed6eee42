import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, look } from './look.ts'
import { noBrowser, openPage, type OpenPage } from './open-page.ts'

const gtin = '09506000134352'
const csv = `title,number,gtin,lot,reason\nPeanut butter 350 g,F-1,${gtin},LOT7|LOT8,Salmonella\nJam,F-2,,X,Glass\n`
describe.skipIf(noBrowser !== undefined)('recalls on screen', { timeout: 90_000 }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(new URL('/recalls', page.url()).href)
  }, 60_000)
  afterAll(() => open[Symbol.asyncDispose]())

  test('teach how to begin', async () => {
    await page.getByRole('heading', { name: 'No recalls yet' }).waitFor()
    await look(page, 'recalls-empty')
    expect(await faults(page)).toEqual([])
  })

  test('are read from a file as drafts, with what is wrong in which row', async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Read from a file' }).click(),
    ])
    await chooser.setFiles({ name: 'notices.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByText('2 drafts were made').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'row 3' }).textContent()).toContain('no GTIN')
    await look(page, 'recalls-drafts')
    expect(await faults(page)).toEqual([])
  })

  test('are confirmed by a person before any goods are checked against them', async () => {
    await page.getByRole('link', { name: 'Peanut butter 350 g' }).click()
    await page.getByText('Not in force yet').waitFor()
    await look(page, 'recall-draft')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByText('From now on, 1 product is checked').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Close the recall' }).waitFor()
    await page.getByRole('heading', { name: 'What was done' }).waitFor()
    await look(page, 'recall-active')
    expect(await faults(page)).toEqual([])
  })

  test('answer in “Check goods” from then on', async () => {
    await page.goto(new URL('/field', page.url()).href)
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.type(`(01)${gtin}(10)LOT7`)
    await page.keyboard.press('Enter')
    await page.getByText('Lot LOT7 is recalled', { exact: false }).first().waitFor()
    await look(page, 'recall-checked')
    await page.goBack()
  })

  test('are revised with a reason; what is wrong is said at the goods it is about', async () => {
    await page.getByRole('button', { name: 'Revise' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Why it is revised' }).fill('One more lot')
    await form.getByRole('textbox', { name: 'Ranges of lots' }).fill('A1 – A200')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByText('same number of digits', { exact: false }).first().waitFor()
    await look(page, 'recall-revise')
    expect(await faults(page)).toEqual([])
    await form.getByRole('textbox', { name: 'Ranges of lots' }).fill('A001 – A200')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByText('Revision 2').waitFor()
    await page.getByText('A001 – A200').waitFor()
  })

  test('give their evidence as a file, and are closed with a reason', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the evidence report as PDF' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('recall-F-1.pdf')
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await page.getByRole('button', { name: 'Close the recall' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Why it is closed' }).fill('All goods are back.')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('This recall is closed').waitFor()
    await look(page, 'recall-closed')
    expect(await faults(page)).toEqual([])
  })

  test('are entered by hand, and a deleted draft comes back by Undo', async () => {
    await page.getByRole('link', { name: 'Recalls' }).first().click()
    await page.getByRole('button', { name: 'Enter a recall' }).click()
    const form = page.getByRole('dialog')
    await look(page, 'recall-new')
    await form.getByRole('textbox', { name: 'Title' }).fill('Drill')
    await form.getByText('Exercise', { exact: true }).click()
    await form.getByRole('textbox', { name: 'GTINs' }).fill(gtin)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'Drill' }).click()
    await page.getByText('This is an exercise.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Drill' }).waitFor()
    // The refused revision, and the page of the draft that is gone, asked for once more before it is left.
    const others = open.faults.filter((fault) => !/(422|404) .*\/api\/recalls\//.test(fault))
    expect(others).toEqual([])
  })
})
