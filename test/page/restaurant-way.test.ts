import { mkdirSync, writeFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '#contract/client.ts'
import { changeSettings } from '#contract/device.ts'
import { listPrintJobs } from '#contract/print-jobs.ts'
import { changeRestaurantSettings } from '#contract/restaurant-settings.ts'
import { listStations } from '#contract/stations.ts'
import { makeConfig } from '#server/entry-config.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { findProfile } from '#server/features/tickets/printer-profiles.ts'
import { ticketPng } from '#server/features/tickets/ticket-png.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { startVirtualPrinter, type VirtualPrinter } from '#test/support/virtual-printer.ts'
import { addTable, fillMenu, openDoor } from './guest-shop.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

const timeout = 120_000
const soon = { timeout: 15_000, interval: 50 }
/** Where pictures for a person's eyes go, when they are asked for. */
const pictures = process.env['QRSCAN_PICTURES']

describe.skipIf(noBrowser !== undefined)('from a guest’s telephone to paper', { timeout }, () => {
  let open: OpenPage
  let page: Page
  let phone: BrowserContext
  let guest: Page
  let printer: VirtualPrinter
  let client: Client

  beforeAll(async () => {
    printer = await startVirtualPrinter({ faults: { lineMs: 2 } })
    open = await openPage()
    page = open.page
    await page.getByRole('heading', { level: 1 }).waitFor()
    client = await clientOfPage(open)
    await client.call(changeSettings, {
      body: { throttles: { 'public-forms': 1_000_000, rcaptcha: 1_000_000 } },
    })
    await fillMenu(client)
    if (pictures) mkdirSync(pictures, { recursive: true })
  }, timeout)
  afterAll(async () => {
    await open?.[Symbol.asyncDispose]()
    await printer?.close()
  })

  const picture = async (from: Page, name: string): Promise<void> => {
    if (pictures) await from.screenshot({ path: `${pictures}/way-${name}.png` })
  }

  test('a printer is added by hand, answers, and prints its test page', async () => {
    await page.getByRole('link', { name: 'Printing' }).click()
    await page.getByRole('link', { name: 'Printers' }).click()
    await picture(page, 'no-printers')
    await page.getByRole('button', { name: 'Add by hand' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Kitchen printer')
    await dialog.getByLabel('Address').fill(`127.0.0.1:${printer.port}`)
    await picture(page, 'printer-form')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Ask Kitchen printer how it is' }).click()
    await page.getByText('Confirms each ticket when it is on paper.').waitFor()
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Print a test page on Kitchen printer' }).click()
    await expect.poll(() => printer.tickets().length, soon).toBe(1)
    await picture(page, 'printers')
  })

  test('a station gets it', async () => {
    await page.getByRole('link', { name: 'Stations' }).click()
    await page.getByRole('button', { name: 'Add a station' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Kitchen')
    await dialog.getByRole('button', { name: /Printer$|^Printer/ }).click()
    await page.getByRole('option', { name: 'Kitchen printer' }).click()
    await picture(page, 'station-form')
    await dialog.getByRole('button', { name: 'Save' }).click()
    // The form shows the same number as an example.
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('K-0001', { exact: false }).waitFor()
    const { stations } = await client.call(listStations, {})
    await client.call(changeRestaurantSettings, {
      body: {
        guest_ticket_station_id: stations.data[0]!.id,
        ticket_qr_url: 'https://qrscan.ink/r/how-was-it',
        ticket_lines: ['Hauptstraße 12'],
      },
    })
  })

  test('a guest orders, and the board knows by itself', async () => {
    const address = await openDoor(client, await addTable(client, 'Terrace 7'))
    await page.getByRole('link', { name: 'Board' }).click()
    phone = await open.browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    guest = await phone.newPage()
    await guest.goto(address)
    await guest.getByText('House burger').click()
    await guest.getByText('Cheese').click()
    await guest.getByRole('button', { name: /^Add/ }).click()
    await guest.getByRole('button', { name: /^Your order: 1 thing/ }).click()
    const stored = page.waitForFunction(() => document.body.textContent?.includes('House burger'))
    const answered = guest.waitForResponse(
      (answer) => answer.url().endsWith('/order-intents') && answer.status() === 201,
    )
    await guest.getByRole('button', { name: /Send/ }).click()
    await answered
    const start = performance.now()
    await stored
    process.stdout.write(`the board knew ${Math.round(performance.now() - start)} ms after the guest\n`)
    await picture(page, 'board')
    await picture(guest, 'guest-sent')
  })

  test('one touch accepts it, and both tickets come out, once', async () => {
    const before = printer.tickets().length
    await page
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click()
    await expect.poll(() => printer.tickets().length, soon).toBe(before + 2)
    const jobs = async () => (await client.call(listPrintJobs, {})).print_jobs.data.map(({ state }) => state)
    await expect.poll(jobs, soon).toEqual(['printed', 'printed', 'printed'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(printer.tickets()).toHaveLength(before + 2)
    const [kitchen, receipt] = printer.tickets().slice(-2)
    expect(kitchen!.text).toContain('House burger')
    expect(kitchen!.text).toContain('Cheese')
    expect(kitchen!.text).toContain('Terrace 7')
    expect(kitchen!.text).not.toContain('14.90')
    expect(receipt!.text).toContain('16.10')
  })

  test('the paper has a code that leads where the owner said, and words one can read', async () => {
    const profile = findProfile('generic-80')!
    const press = createTicketPress(makeConfig({}).fontDir)
    const papers = printer.tickets().map(({ bytes }) => ticketPng(bytes, profile, press))
    for (const [at, paper] of papers.entries()) {
      if (pictures) writeFileSync(`${pictures}/way-paper-${at}.png`, paper)
    }
    expect(await readCodes(papers.at(-1)!)).toEqual(['https://qrscan.ink/r/how-was-it'])
  })

  test('the queue shows what came out, as it came out', async () => {
    await page.getByRole('link', { name: 'Printing' }).click()
    await page.getByText('Nothing is stuck').waitFor()
    await picture(page, 'queue-clear')
    await page.getByRole('button', { name: /Needs you/ }).click()
    await page.getByRole('option', { name: 'All' }).click()
    await page.getByRole('button', { name: /^Show/ }).first().click()
    await page.getByRole('img', { name: /as printed/ }).waitFor()
    await picture(page, 'queue-job')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: /^K-0001/ }).waitFor({ state: 'hidden' })
  })

  test('no paper: the screens say so and what to do, and it prints by itself', async () => {
    await printer.set({ paperOut: true })
    const before = printer.tickets().length
    await guest.goto(guest.url())
    await guest.getByText('Espresso').click()
    await guest.getByRole('button', { name: /^Add/ }).click()
    await guest.getByRole('button', { name: /^Your order: 1 thing/ }).click()
    await guest.getByRole('button', { name: /Send/ }).click()
    await page.getByRole('link', { name: 'Board' }).click()
    await page
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click()
    await page
      .getByText(/out of paper/i)
      .first()
      .waitFor()
    await picture(page, 'trouble')
    await page.getByRole('link', { name: 'Printing' }).click()
    await page
      .getByText(/Put in a new roll/)
      .first()
      .waitFor()
    await picture(page, 'queue-trouble')
    await printer.set({ paperOut: false })
    await expect.poll(() => printer.tickets().length, soon).toBe(before + 2)
    await page.getByText('Nothing is stuck').waitFor()
    expect(open.faults).toEqual([])
  })
})
