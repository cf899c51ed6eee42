import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layOutTicket } from '#server/features/tickets/lay-out-ticket.ts'
import { ticketHtml } from '#server/features/tickets/ticket-html.ts'
import { profileOf, sampleLine, sampleTicket } from './sample-ticket.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const hostile = [
  '<script>document.title="taken"</script>',
  '<img src=x onerror="document.title=\'taken\'">',
  '</p></body><iframe src="https://example.com"></iframe>',
  '"><svg onload=alert(1)>',
  "' style='position:fixed",
  '<style>*{display:none}</style>',
  '&lt;b&gt;&#60;i&#62;',
]
const all = hostile.join(' ')

/** Hostile text wherever a guest or a shop may write. */
const ticket = sampleTicket({
  kind: 'guest',
  shop: { name: hostile[0]!, lines: [hostile[3]!], logo: null },
  station: hostile[1]!,
  table: hostile[2]!,
  customer: { name: hostile[4]!, phone: hostile[5]! },
  lines: hostile.map((name) =>
    sampleLine({ name, note: all, modifiers: [{ name, quantity: 1, price: 100 }], allergens: ['milk'] }),
  ),
  notes: all,
  total: 5250,
  locale: '"><script>document.title="taken"</script>',
  qr: { text: hostile[1]!, caption: all },
  footer: all,
})

describe.skipIf(!existsSync(executablePath))('the page of a ticket in a browser', () => {
  let browser: Browser
  let page: Page
  const outside: string[] = []
  const dialogs: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
    page.on('request', (request) => outside.push(request.url()))
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  }, 60_000)
  afterAll(() => browser.close())

  test.each(['generic-58', 'generic-80'])(
    'on %s holds what a guest wrote as text and nothing else',
    async (id) => {
      const profile = profileOf(id)
      // A locale is checked long before; here it must not get out of its attribute either.
      const layout = { ...layOutTicket({ ...ticket, locale: 'en-GB' }, profile), locale: ticket.locale }
      await page.setContent(ticketHtml(layout, profile.widthMm, hostile[0]!))
      const names = await page.evaluate(() =>
        [...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))].toSorted(),
      )
      const ours = 'body br figure head hr html meta p path span style svg title'.split(' ')
      expect(names.filter((name) => !ours.includes(name))).toEqual([])
      expect(await page.locator('figure').count()).toBe(1)
      expect(await page.title()).toBe(hostile[0])
      const words = (await page.locator('body').innerText()).replaceAll(/\s+/g, '')
      expect(words).toContain('&lt;b&gt;&#60;i&#62;')
      expect([...outside, ...dialogs]).toEqual([])
    },
  )

  test.each([
    ['generic-58', 320],
    ['generic-58', 1000],
    ['generic-80', 360],
    ['generic-80', 1000],
  ])('on %s nothing stands beyond the paper or on its neighbour in a window of %i', async (id, width) => {
    const lines = [
      sampleLine({ name: 'Crème brûlée with a name that goes on and on over rows', allergens: ['milk'] }),
      sampleLine({ name: 'شاورما دجاج', total: 123_456 }),
    ]
    await page.setViewportSize({ width, height: 800 })
    const profile = profileOf(id)
    const layout = layOutTicket({ ...ticket, table: '7', station: 'Grill', lines }, profile)
    await page.setContent(ticketHtml(layout, profile.widthMm, 'Ticket'))
    const faults = await page.evaluate(() => {
      const paper = document.body.getBoundingClientRect()
      const found: string[] = []
      for (const row of document.querySelectorAll('p')) {
        let before = paper.left
        for (const cell of row.querySelectorAll('span')) {
          const range = document.createRange()
          range.selectNodeContents(cell)
          const { left, right } = range.getBoundingClientRect()
          if (left < before - 1 || right > paper.right + 1) found.push(cell.textContent)
          before = right
        }
      }
      if (document.documentElement.scrollWidth > window.innerWidth) found.push('the window scrolls sideways')
      return found
    })
    expect(faults).toEqual([])
  })

  test.each([58, 80] as const)('prints on one page of paper %i mm wide, short or long', async (widthMm) => {
    const profile = profileOf(`generic-${widthMm}`)
    for (const notes of ['Short', 'word '.repeat(2000)]) {
      const layout = layOutTicket({ ...ticket, notes }, profile)
      await page.setContent(ticketHtml(layout, widthMm, 'Ticket'))
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) /g)]
      expect(boxes).toHaveLength(1)
      expect(Math.abs(Number(boxes[0]?.[1]) - (widthMm * 72) / 25.4)).toBeLessThan(1)
    }
  })
})
