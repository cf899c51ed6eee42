import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createClient, type Client } from '#contract/client.ts'
import { changeSettings } from '#contract/device.ts'
import { createMenuItem } from '#contract/menu-items.ts'
import { changeOrderIntent, createOrderIntent, listOrderIntents } from '#contract/order-intents.ts'
import { submitServiceRequest } from '#contract/public-restaurant.ts'
import { createStation } from '#contract/stations.ts'
import { createTable } from '#contract/tables.ts'
import { createToken } from '#contract/tokens.ts'
import { earnToken } from '#test/support/solve-challenge.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

const timeout = 60_000
/** An order, or a step, is seen in every window within a second; the bench says how fast, this is for a busy machine. */
const soon = 4_000

if (noBrowser !== undefined) console.warn(`The board is not driven: ${noBrowser}.`)

describe.skipIf(noBrowser !== undefined)('the board in Chromium, in two windows', { timeout }, () => {
  let open: OpenPage
  let counter: Page
  let kitchen: Page
  let owner: Client
  let till: Client
  const ids = { pizza: '', table: '', code: '' }

  beforeAll(async () => {
    open = await openPage({ acceptDownloads: true })
    counter = open.page
    await open.context.addInitScript(countTones)
    await counter.getByRole('link', { name: 'Board' }).click()
    await counter.getByText('First, the menu').waitFor()
  }, timeout)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  const step = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
  const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
  const tones = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as Counted).tones)

  /** Another program takes an order, as a till or a guest's telephone does. */
  async function order(note: string | null = null): Promise<number> {
    const lines = [{ menu_item_id: ids.pizza, quantity: 2, note }]
    const { order_intent } = await till.call(createOrderIntent, { body: { table_id: ids.table, lines } })
    return order_intent.number
  }

  test('the empty board leads to the menu; with a menu it says what will happen', async () => {
    owner = await clientOfPage(open)
    await owner.call(changeSettings, { body: { throttles: { 'user-api': 100_000 } } })
    const bar = (await owner.call(createStation, { body: { name: 'Bar', prefix: 'B' } })).station
    await owner.call(createStation, { body: { name: 'Stove', prefix: 'K', is_default: true } })
    const { table } = await owner.call(createTable, { body: { name: 'شرفة 7' } })
    ids.table = table.id
    ids.code = table.code
    const pizza = { name: 'Pizza', price: 990, category: 'Food', allergens: ['gluten', 'milk'] as const }
    ids.pizza = (
      await owner.call(createMenuItem, { body: { ...pizza, allergens: [...pizza.allergens] } })
    ).menu_item.id
    const milk = {
      id: 'milk',
      name: 'Which milk?',
      min: 1,
      max: 1,
      options: [{ id: 'oat', name: 'Oat', price: 50, is_available: true }],
    }
    const espresso = { name: 'Espresso', price: 280, category: 'Drinks', station_id: bar.id }
    await owner.call(createMenuItem, { body: { ...espresso, modifier_groups: [milk] } })
    const scopes = ['restaurant:read' as const, 'restaurant:write' as const]
    const token = await owner.call(createToken, {
      body: { name: 'Till', kind: 'api', scopes, rate_per_minute: 10_000 },
    })
    till = createClient({ baseUrl: open.app.url, token: () => token.plain_text_token })
    await counter.getByText('No open orders').waitFor()
  })

  test('an order is seen in both windows by itself, with a sound until somebody has seen it', async () => {
    await counter.reload()
    // A window of its own: two tabs of one window are not both drawn.
    const other = await open.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    other.setDefaultTimeout(15_000)
    other.on('weberror', (error) => open.faults.push(`page: ${error.error().message}`))
    await other.addInitScript(countTones)
    kitchen = await other.newPage()
    // A session lives in its tab; this is a second window of the same person.
    const kept = await counter.evaluate(() => sessionStorage.getItem('qrscan.session') ?? '')
    await kitchen.addInitScript((text) => sessionStorage.setItem('qrscan.session', text), kept)
    await kitchen.goto(`${open.app.url}/board`)
    // Looking for something counts as a touch, after which the browser would play.
    await kitchen.waitForTimeout(1_500)
    await kitchen.getByText('This browser plays no sound').waitFor()
    await step(kitchen, 'Turn the sound on').click()
    await kitchen.getByText('This browser plays no sound').waitFor({ state: 'hidden' })
    await counter.getByText('No open orders').click()
    const number = await order('No onions')
    await Promise.all(
      [counter, kitchen].map((page) => step(page, `Accept: order ${number}`).waitFor({ timeout: soon })),
    )
    await expect.poll(() => tones(kitchen), { timeout: 3_000 }).toBeGreaterThan(0)
    const before = await tones(kitchen)
    await expect.poll(() => tones(kitchen), { timeout: 8_000 }).toBeGreaterThan(before)
    await counter.getByText('1 new order').waitFor()
    await step(counter, 'Seen').click()
    await kitchen.getByText('1 new order').waitFor({ state: 'hidden', timeout: soon })
    const after = await tones(kitchen)
    await kitchen.waitForTimeout(5_500)
    expect(await tones(kitchen)).toBe(after)
  })

  test('one touch takes it on in every window, and U takes that back', async () => {
    await step(counter, 'Accept: order 1').click()
    await column(kitchen, 'Accepted').getByText('No onions').waitFor({ timeout: soon })
    await counter.getByText('Order 1 accepted').waitFor()
    await counter.keyboard.press('u')
    await column(kitchen, 'Received').getByText('No onions').waitFor({ timeout: soon })
    await column(counter, 'Received').getByText('No onions').waitFor()
  })

  test('of two people at one step the second is told who was faster', async () => {
    // The second window hears nothing of the first for a while.
    await kitchen.route('**/api/restaurant/order-intents/*', (route) =>
      route.request().method() === 'GET' ? undefined : route.continue(),
    )
    await step(counter, 'Accept: order 1').click()
    await step(counter, 'Start: order 1').waitFor()
    open.expectStatus(409)
    await step(kitchen, 'Accept: order 1').click()
    await kitchen.getByText('Somebody was faster').waitFor()
    await kitchen.unroute('**/api/restaurant/order-intents/*')
    await kitchen.reload()
    await step(kitchen, 'Start: order 1').waitFor()
  })

  test('the keyboard goes from card to card, Enter takes the step and the focus goes on', async () => {
    const [first, next] = [await order(), await order()]
    await step(counter, `Accept: order ${next}`).waitFor()
    await counter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await counter.keyboard.press('ArrowDown')
    await counter.keyboard.press('ArrowDown')
    await counter.keyboard.press('ArrowUp')
    expect(await focused(counter)).toBe(`Accept: order ${first}`)
    await counter.keyboard.press('Enter')
    await step(counter, `Start: order ${first}`).waitFor()
    await expect.poll(() => focused(counter)).toBe(`Accept: order ${next}`)
    await counter.keyboard.press('ArrowRight')
    expect(await focused(counter)).toBe('Start: order 1')
    await counter.keyboard.press('/')
    await counter.keyboard.type(`#${next}`)
    await expect.poll(() => counter.getByRole('article').count()).toBe(1)
    await step(counter, 'Clear the search').click()
  })

  test('a double tap takes on one order, not the next one that moves to its place', async () => {
    const before = await column(counter, 'Received').getByRole('article').count()
    await order()
    await order()
    await expect.poll(() => column(counter, 'Received').getByRole('article').count()).toBe(before + 2)
    await column(counter, 'Received')
      .getByRole('button', { name: /^Accept: order/ })
      .first()
      .dblclick()
    await counter.waitForTimeout(500)
    expect(await column(counter, 'Received').getByRole('article').count()).toBe(before + 1)
    expect(await counter.getByText('Somebody was faster').count()).toBe(0)
  })

  test('an order is entered by hand, with what its modifiers ask, and goes to the kitchen', async () => {
    await counter.getByRole('heading', { name: 'Board' }).click()
    await counter.keyboard.press('n')
    await counter.getByRole('button', { name: /^Espresso/ }).click()
    const dialog = counter.getByRole('dialog', { name: 'Espresso' })
    expect(await dialog.getByRole('button', { name: /^Take/ }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: /^Oat/ }).click()
    await dialog.getByRole('button', { name: /^Take · €3\.30/ }).click()
    await counter.getByRole('button', { name: /^Pizza/ }).click()
    await step(counter, 'One more: Pizza').click()
    await counter.getByLabel('Name').fill('Zoë')
    await counter.getByText('€23.10', { exact: true }).waitFor()
    // A look at the board loses nothing.
    await counter.goBack()
    await counter.goForward()
    await step(counter, 'Send to kitchen').click()
    await column(counter, 'Accepted').getByText('Zoë').waitFor()
    const { order_intents } = await owner.call(listOrderIntents, { query: { search: 'Zoë' } })
    expect(order_intents.data[0]).toMatchObject({ status: 'accepted', source: 'staff', total: 2310 })
  })

  test('the kitchen’s window shows its station’s items, large and without prices', async () => {
    await step(kitchen, 'Kitchen').click()
    await step(kitchen, 'Bar').click()
    const card = kitchen.getByRole('article')
    await expect.poll(() => card.count()).toBe(1)
    expect(await card.textContent()).toContain('Espresso')
    expect(await card.textContent()).not.toMatch(/Pizza|€/)
    await step(kitchen, 'Bar').click()
    await step(kitchen, 'Counter').click()
  })

  test('who changes an order is told when somebody else did, and can begin again with theirs', async () => {
    const note = 'Changed by two'
    const number = await order(note)
    await step(counter, `More for order ${number}`).click()
    await counter.getByRole('menuitem', { name: 'Change the order' }).click()
    await step(counter, 'One more: Pizza').click()
    const { order_intents } = await owner.call(listOrderIntents, { query: { search: `#${number}` } })
    const lines = [{ menu_item_id: ids.pizza, quantity: 5 }]
    await till.call(changeOrderIntent, { params: { id: order_intents.data[0]!.id }, body: { lines } })
    await step(counter, 'Save the change').click()
    await counter.getByText('It was changed elsewhere').waitFor()
    await step(counter, 'Load the order again').click()
    await counter.getByText('It was changed elsewhere').waitFor({ state: 'hidden' })
    await step(counter, 'One more: Pizza').click()
    await step(counter, 'Save the change').click()
    const card = counter.getByRole('article', { name: `Order ${number}`, exact: true })
    await card.getByText('6×').waitFor()
  })

  test('a guest’s call is seen and heard at once; one touch answers it, and that can be taken back', async () => {
    const before = await tones(kitchen)
    const guest = createClient({ baseUrl: open.app.url })
    const rcaptcha_token = await earnToken(open.app.url, 'service_request')
    const body = { rcaptcha_token, table_code: ids.code, kind: 'bill' as const, note: 'By card' }
    await guest.call(submitServiceRequest, { body })
    const call = (page: Page): Locator =>
      page.getByRole('button', { name: 'شرفة 7: The bill. Somebody went' })
    await Promise.all([counter, kitchen].map((page) => call(page).waitFor({ timeout: soon })))
    await expect.poll(() => tones(kitchen)).toBeGreaterThan(before)
    await call(counter).click()
    await call(kitchen).waitFor({ state: 'detached', timeout: soon })
    await step(counter, 'Undo').click()
    await call(kitchen).waitFor({ timeout: soon })
    await call(kitchen).click()
    await call(counter).waitFor({ state: 'detached', timeout: soon })
  })

  test('what happened while a window heard nothing is there after it heard again', async () => {
    // Chromium keeps what is open when it goes offline: a reloaded window that cannot connect hears nothing.
    await kitchen.route('**/api/local/events', (route) => route.abort())
    await kitchen.reload()
    await step(kitchen, 'New order').waitFor()
    const number = await order('Missed')
    await step(counter, `Accept: order ${number}`).waitFor({ timeout: soon })
    expect(await kitchen.getByText('Missed').count()).toBe(0)
    await kitchen.unroute('**/api/local/events')
    await step(kitchen, `Accept: order ${number}`).waitFor()
    await step(counter, 'Seen').click()
  })

  test('the board fills the screen and comes back, and the palette leads to it', async () => {
    await counter.keyboard.press('f')
    await counter.getByRole('navigation', { name: 'Main' }).first().waitFor({ state: 'hidden' })
    await step(counter, 'Leave full screen').click()
    await counter.getByRole('link', { name: 'Menu' }).click()
    await counter.keyboard.press('Control+k')
    await counter.keyboard.type('go to the board')
    await counter.getByRole('option', { name: 'Go to the board' }).click()
    await step(counter, 'New order').waitFor()
  })

  test('an order is rejected with a reason, which its history keeps', async () => {
    const number = await order()
    await step(counter, `More for order ${number}`).click()
    await counter.getByRole('menuitem', { name: 'Reject…' }).click()
    await step(counter, 'Sold out').click()
    await step(counter, 'Reject').click()
    await counter.getByText(`Order ${number} rejected`).waitFor()
    await counter.getByRole('link', { name: 'Orders' }).click()
    await counter.getByLabel('Search the day’s orders').fill(`#${number}`)
    await counter
      .getByRole('listitem')
      .getByRole('button', { name: new RegExp(`^${number}`) })
      .click()
    const panel = counter.getByRole('dialog', { name: `Order ${number}` })
    await panel.getByText('Sold out').waitFor()
    await panel.getByRole('button', { name: 'Preview: Guest' }).click()
    const ticket = panel.getByRole('img', { name: `Ticket of order ${number}` })
    await ticket.waitFor()
    await expect
      .poll(() => ticket.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(500)
    await counter.keyboard.press('Escape')
  })

  test('the day is told in numbers and comes as a spreadsheet', async () => {
    await counter.getByText('Most ordered').waitFor()
    const coming = counter.waitForEvent('download')
    await step(counter, 'Download CSV').click()
    expect((await coming).suggestedFilename()).toMatch(/^orders-\d{4}-\d{2}-\d{2}\.csv$/)
  })

  test('five hundred open orders: a step is seen in the other window within a second', async () => {
    await counter.getByRole('link', { name: 'Board' }).click()
    for (let made = 0; made < 500; made += 1) await order()
    await expect.poll(() => counter.getByRole('article').count(), { timeout: 20_000 }).toBeGreaterThan(500)
    await expect.poll(() => kitchen.getByRole('article').count(), { timeout: 20_000 }).toBeGreaterThan(500)
    await step(counter, 'Seen').waitFor()
    // Five hundred within seconds use up what a window may ask; at its pace it catches up.
    await counter.waitForTimeout(10_000)
    const asked = watchRequests(counter)
    const first = column(counter, 'Received')
      .getByRole('button', { name: /^Accept: order/ })
      .first()
    const id = (await first.getAttribute('data-order')) ?? ''
    const seen = kitchen.evaluate(whenStepIs, { id, step: 'accepted' })
    const from = await first.evaluate((button: HTMLElement) => {
      button.click()
      return Date.now()
    })
    const took = (await seen) - from
    process.stdout.write(`500 orders: a step is seen in the other window after ${took} ms\n`)
    await counter.waitForTimeout(500)
    expect(asked.length).toBeLessThan(8)
  })
})

interface Counted {
  tones: number
}

/** Runs in the page: counts what is played, since a test has no ears. */
function countTones(): void {
  const counted = window as unknown as Counted
  counted.tones = 0
  const create = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'createOscillator')?.value as (
    this: BaseAudioContext,
  ) => OscillatorNode
  BaseAudioContext.prototype.createOscillator = function (this: BaseAudioContext) {
    counted.tones += 1
    return create.call(this)
  }
}

/** Runs in the page: when an order's card shows a step, in ms of the machine's clock. */
function whenStepIs({ id, step }: { id: string; step: string }): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!document.querySelector(`[data-order="${id}"][data-step="${step}"]`)) return
      watcher.disconnect()
      resolve(Date.now())
    }
    const watcher = new MutationObserver(look)
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true })
    look()
  })
}

function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
}

function watchRequests(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  return asked
}
