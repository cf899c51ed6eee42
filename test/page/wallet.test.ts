import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createWalletPass } from '#contract/wallet-passes.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { faults, look, saved } from './look.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

describe.skipIf(noBrowser !== undefined)('wallet cards on screen', { timeout: 60_000 }, () => {
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

  test('teach how to begin', async () => {
    await page.getByRole('heading', { name: 'No cards yet' }).waitFor()
    await look(page, 'wallet-empty')
    expect(await faults(page)).toEqual([])
  })

  test('a contact is made beside its picture, and what is wrong is said at its field', async () => {
    await page.getByRole('button', { name: 'New contact' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Given name' }).fill('Zoë')
    await form.getByRole('textbox', { name: 'Family name' }).fill('Müller; "x", 牛')
    expect(await form.getByRole('textbox', { name: 'Name on the card' }).inputValue()).toBe(
      'Zoë Müller; "x", 牛',
    )
    await form.getByRole('textbox', { name: 'Role' }).fill('Head baker')
    await form.getByRole('textbox', { name: 'Organisation' }).fill('Bäckerei')
    await form.getByRole('textbox', { name: 'Telephone' }).fill('+49 30 1234567')
    await form.getByRole('textbox', { name: 'E-mail' }).fill('zoe(at)example.com')
    await form.getByRole('textbox', { name: 'Town' }).fill('Berlin')
    await look(page, 'wallet-form')
    expect(await faults(page)).toEqual([])
    open.expectStatus(422)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.getByRole('alert').waitFor()
    await look(page, 'wallet-form-error')
    await form.getByRole('textbox', { name: 'E-mail' }).fill('zoe@example.com')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Hand it on' }).waitFor()
    await look(page, 'wallet-card')
    expect(await faults(page)).toEqual([])
  })

  test('it is saved for address books, and as a page that opens from the disk and carries its code', async () => {
    const vcard = await saved(page, 'Address book (vCard)')
    expect(vcard.name).toMatch(/\.vcf$/)
    expect(vcard.text).toContain('BEGIN:VCARD\r\nVERSION:3.0\r\n')
    expect(vcard.text).toContain('TEL;TYPE=CELL:+49 30 1234567')
    const shown = page.getByRole('img', { name: 'QR code of the card' })
    const [onScreen] = await readCodes(await shown.screenshot())
    const html = await saved(page, 'Page that opens offline')
    const path = join(open.app.dataDir, 'card.html')
    writeFileSync(path, html.text)
    const fromDisk = await open.context.newPage()
    await fromDisk.goto(`file://${path}`)
    await fromDisk.getByRole('heading', { name: 'Zoë Müller' }).waitFor()
    await look(fromDisk, 'wallet-html')
    const [code] = await readCodes(await fromDisk.screenshot({ fullPage: true }))
    expect(code).toContain('BEGIN:VCARD')
    expect(onScreen).toBe(code)
    expect(code).toContain('zoe@example.com')
    await fromDisk.close()
  })

  test('for Apple and Google it says what is missing', async () => {
    open.expectStatus(422)
    await page.getByRole('button', { name: 'Apple Wallet' }).click()
    await page.getByText('credentials', { exact: false }).first().waitFor()
    await page.getByRole('link', { name: 'Wallet signing' }).waitFor()
    expect(await page.getByText('more errors', { exact: false }).count()).toBe(0)
    await look(page, 'wallet-refused')
    expect(await faults(page)).toEqual([])
  })

  test('it speaks the language that is chosen for it', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('button', { name: /Language of the card$/ }).click()
    await page.getByRole('option', { name: 'العربية' }).waitFor()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await look(page, 'wallet-language')
    expect(await faults(page)).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const { text } = await saved(page, 'Page that opens offline')
    expect(text).toContain('<html lang="de" dir="ltr">')
    expect(text).toContain('Kontakt speichern')
  })

  test('an event of another place keeps its zone when it is changed from here', async () => {
    const client = await clientOfPage(open)
    const event = { starts_at: '2026-12-05T15:00:00.000000Z', is_all_day: true, timezone: 'Asia/Tokyo' }
    const { wallet_pass } = await client.call(createWalletPass, {
      body: { kind: 'event', title: 'Matsuri', event },
    })
    await page.goto(new URL(`/wallet/${wallet_pass.id}`, page.url()).href)
    await page.getByRole('button', { name: 'Edit' }).click()
    const form = page.getByRole('dialog')
    await form.getByText(/^By the clock of .*, where you are\.$/).waitFor()
    await form.getByRole('textbox', { name: 'Place' }).fill('Asakusa')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    const { text } = await saved(page, 'Calendar (iCalendar)')
    expect(text).toContain('DTSTART;VALUE=DATE:20261206\r\n')
    expect(text).toContain('LOCATION:Asakusa\r\n')
  })

  test('an event is made, and a removed card comes back by Undo', async () => {
    await page.getByRole('link', { name: 'Wallet cards' }).first().click()
    await page.getByRole('button', { name: 'New event' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Title' }).fill('Open day')
    await form.getByLabel('Begins').fill('2026-12-05T10:00')
    await form.getByLabel('Ends').fill('2026-12-05T16:00')
    await form.getByRole('textbox', { name: 'Place' }).fill('Town hall')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Open day' }).waitFor()
    expect((await saved(page, 'Calendar (iCalendar)')).text).toContain('SUMMARY:Open day')
    // The page of the card that is gone may ask for it once more.
    open.expectStatus(404)
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('heading', { name: 'Wallet cards' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Open day' }).waitFor()
    await look(page, 'wallet')
    expect(await faults(page)).toEqual([])
  })

  test('fit on a telephone, in the dark', async () => {
    const theme = JSON.stringify({ theme: 'dark', density: 'touch' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), theme)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.getByRole('link', { name: /Zoë/ }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, 'wallet-phone-dark')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await faults(page)).toEqual([])
  })
})
