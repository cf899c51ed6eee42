import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '#contract/client.ts'
import { changeProductPassport } from '#contract/product-passports.ts'
import { changeRecall, checkRecalls, findRecall, listRecalls } from '#contract/recalls.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { faults, look, saved } from './look.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

const gtin = '09506000134352'
/** Chooses from a list that opens at a button. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`${label}$`) })
    .last()
    .click()
  await page.getByRole('option', { name: option }).click()
}

describe.skipIf(noBrowser !== undefined)('product passports on screen', { timeout: 90_000 }, () => {
  let open: OpenPage
  let page: Page
  let client: Client
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
    client = await clientOfPage(open)
    await page.goto(new URL('/passports', page.url()).href)
  }, 60_000)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  test('teach how to begin', async () => {
    await page.getByRole('heading', { name: 'No product passports yet' }).waitFor()
    await look(page, 'passports-empty')
    expect(await faults(page)).toEqual([])
  })

  test('are made from a name and a GTIN, which is checked while it is typed', async () => {
    await page.getByRole('button', { name: 'New passport' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Peanut butter 350 g')
    await form.getByRole('textbox', { name: 'GTIN' }).fill('9506000134353')
    await form.getByText(/check digit/i).waitFor()
    await form.getByRole('textbox', { name: 'GTIN' }).fill('9506 0001 3435 2')
    await form.getByText('The check digit is right').waitFor()
    await form.getByRole('textbox', { name: 'Brand', exact: true }).fill('Erdnuss & Söhne')
    await form.getByRole('textbox', { name: 'Weight in kilograms' }).fill('0,35')
    await choose(page, 'Product group', 'Food')
    await form.getByRole('textbox', { name: 'Ingredients', exact: true }).fill('Peanuts 99 %, salt')
    await form.getByRole('textbox', { name: 'Alcohol by volume (%)' }).fill('lots')
    await look(page, 'passport-form')
    expect(await faults(page)).toEqual([])
    open.expectStatus(422)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form
      .getByText(/must be a number/i)
      .last()
      .waitFor()
    await look(page, 'passport-form-error')
    await form.getByRole('textbox', { name: 'Alcohol by volume (%)' }).fill('')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Only you see this draft').waitFor()
    await page.getByText('Peanuts 99 %, salt').waitFor()
    await page.getByText('0.35', { exact: true }).waitFor()
  })

  test('are published after it is said what that fixes, and archived with Undo', async () => {
    await page.getByRole('button', { name: 'Publish' }).click()
    const form = page.getByRole('dialog')
    await form.getByText('never a draft again', { exact: false }).waitFor()
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Only you see this draft').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('This passport is archived').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('This passport is archived').waitFor({ state: 'hidden' })
    await page.getByRole('img', { name: /^Label of/ }).waitFor()
    await look(page, 'passport')
    expect(await faults(page)).toEqual([])
  })

  test('give a label in each symbol, which another reader reads, and every export', async () => {
    const texts: string[] = []
    for (const symbol of ['GS1 DataMatrix', 'QR code with a Digital Link', 'EAN or UPC', 'GS1-128']) {
      await choose(page, 'Symbol', symbol)
      await page.getByRole('img', { name: `Label of Peanut butter 350 g: ${symbol}` }).waitFor()
      const { name, bytes } = await saved(page, 'Save the label as PNG')
      expect(name).toMatch(/\.png$/)
      texts.push((await readCodes(bytes)).join())
    }
    expect(texts[0]).toContain(gtin)
    expect(texts[1]).toContain(`/01/${gtin}`)
    expect(texts[2]).toBe(gtin.slice(1))
    expect(texts[3]).toContain(gtin)
    for (const [press, start] of [
      ['PDF', '%PDF-'],
      ['JSON-LD (GS1)', '{'],
      ['UNTP passport', '{'],
      ['CSV', '\u00ef\u00bb\u00bf'],
      ['All of it (ZIP)', 'PK'],
    ] as const) {
      const { bytes } = await saved(page, press)
      expect(bytes.toString('latin1').slice(0, start.length)).toBe(start)
    }
  })

  test('stand behind a recall that is put in front, revised and lifted with reasons', async () => {
    await page.getByRole('button', { name: 'Put a recall in front' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'What to do with the goods' }).fill('Put it aside.')
    await form.getByRole('textbox', { name: 'Lots' }).fill('LOT7\nLOT8')
    await look(page, 'passport-recall')
    expect(await faults(page)).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The recall is in force').waitFor()
    await page.getByText('LOT7, LOT8').waitFor()
    const verdict = async (lot: string) =>
      (await client.call(checkRecalls, { body: { scans: [`(01)${gtin}(10)${lot}`] } })).verdicts[0]?.verdict
    expect(await verdict('LOT8')).toBe('recalled')
    expect(await verdict('LOT9')).toBe('not_listed')
    await page.getByText('Since the recall').waitFor()
    await look(page, 'passport-recalled')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Revise the recall' }).click()
    await form.getByRole('textbox', { name: 'Why it is revised' }).fill('Another lot')
    await form.getByRole('textbox', { name: 'Lots' }).fill('LOT7\nLOT8\nLOT9')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('LOT7, LOT8, LOT9').waitFor()
    expect(await verdict('LOT9')).toBe('recalled')
    // Somebody adds another product under Recalls: the words are revised here, and no goods fall out of it.
    const { recalls } = await client.call(listRecalls, { query: { status: 'active' } })
    const lines = [
      { gtins: [gtin], lots: ['LOT7'] },
      { gtins: ['09506000134376'], lots: ['X1'] },
    ]
    const params = { id: recalls.data[0]!.id }
    await client.call(changeRecall, { params, body: { lines, reason: 'Another product' } })
    await page.getByText('LOT7, X1').waitFor()
    await page.getByRole('button', { name: 'Revise the recall' }).click()
    expect(await form.getByRole('textbox', { name: 'Lots' }).count()).toBe(0)
    await form.getByRole('textbox', { name: 'Why it is revised' }).fill('Plainer words')
    await form.getByRole('textbox', { name: 'Hazard' }).fill('Glass')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const { recall } = await client.call(findRecall, { params })
    expect(recall).toMatchObject({ lines, notice: { hazard: 'Glass' } })
    await page.getByRole('button', { name: 'Lift the recall' }).click()
    await form.getByRole('textbox', { name: 'Why it is closed' }).fill('All goods are back.')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Put a recall in front' }).waitFor()
    expect(await verdict('LOT9')).toBe('not_listed')
  })

  test('are changed, and what they said before can be looked at', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Brand', exact: true }).fill('Nuss & Töchter')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Nuss & Töchter').first().waitFor()
    await page.getByRole('button', { name: 'Show revision 1', exact: true }).click()
    await page.getByText('This is what revision 1 said').waitFor()
    await page.getByText('Erdnuss & Söhne').waitFor()
    await look(page, 'passport-past')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to what it says now' }).click()
    await page.getByText('Nuss & Töchter').first().waitFor()
  })

  test('that somebody else changed meanwhile is not written over', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Model', exact: true }).fill('Mine')
    const id = new URL(page.url()).pathname.split('/').at(-1)!
    const body = { name: 'Peanut butter crunchy' }
    await client.call(changeProductPassport, { params: { id }, body })
    open.expectStatus(412)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByRole('alert').waitFor()
    await look(page, 'passport-conflict')
    await form.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'Peanut butter crunchy' }).waitFor()
  })

  test('fit on a telephone and in the dark, with long words', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('dialog')
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft '
    await form.getByRole('textbox', { name: 'Name', exact: true }).first().fill(long.repeat(2))
    await form.getByRole('textbox', { name: 'Description', exact: true }).fill(long.repeat(4))
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved “').waitFor()
    const theme = JSON.stringify({ theme: 'dark', density: 'comfortable' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), theme)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.getByRole('img', { name: /^Label of/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await look(page, 'passport-phone-dark')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Edit' }).click()
    await form.waitFor()
    await look(page, 'passport-form-phone-dark')
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Product passports' }).first().click()
    await page.getByRole('link', { name: /^Donau/ }).waitFor()
    await look(page, 'passports-phone-dark')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await faults(page)).toEqual([])
  })
})
