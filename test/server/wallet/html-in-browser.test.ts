import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { codeTextOf } from '#server/features/wallet/code-text.ts'
import { writeCard } from '#server/features/wallet/export-card.ts'
import { hostileTexts } from '#test/support/hostile-card-texts.ts'
import {
  differencesOf,
  freeFields,
  markedCard,
  placesOf,
  withField,
  type Places,
} from '#test/support/hostile-fields.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const isReady = existsSync(executablePath) && spawnSync('zbarimg', ['--version']).status === 0

function cardOf(text: string, kind: WalletPass['kind']): WalletPass {
  const address = { street: text, city: text, region: text, postal_code: text, country: text }
  const phones = [{ value: text }]
  const contact = {
    organization: text,
    department: text,
    job_title: text,
    phones,
    emails: phones,
    note: text,
  }
  const times = { starts_at: '2026-12-01T18:00:00.000000Z', timezone: 'Europe/Amsterdam' }
  const event = { ...times, location: text, organizer: text, description: text, website: text, address }
  return {
    id: '019ab0c0-0000-7000-8000-000000000000',
    business_id: 'b',
    kind,
    title: text,
    subtitle: text,
    contact: kind === 'contact' ? { ...contact, website: text, address } : null,
    event: kind === 'event' ? event : null,
    look: { background: '#fff8e1' },
    code_text: null,
    qr_link_id: null,
    locale: 'en',
    translations: {},
    import_id: null,
    created_at: '2026-11-23T09:30:00.000000Z',
    updated_at: '2026-11-23T09:30:00.000000Z',
  }
}

/** A name on the card says these; a page has no place of their own for them. */
const nowhere: readonly string[] = [
  'contact.given_name',
  'contact.family_name',
  'contact.prefix',
  'contact.suffix',
]

interface Document {
  head: Places
  body: Places
  addresses: string[]
}

/** Runs in the browser: every text and attribute of a document by where it stands, and where its links lead. */
function readDocument(html: string): Document {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const found: Document = { head: {}, body: {}, addresses: [] }
  const walk = (element: Element, at: string): void => {
    const isPlain = element.closest('head, svg') !== null
    const places = (isPlain ? found.head : found.body) as Record<string, string>
    for (const { name, value } of element.attributes) {
      if (name === 'href') found.addresses.push(value)
      else places[`${at}@${name}`] = value
    }
    let count = 0
    for (const child of element.childNodes) {
      if (child instanceof Element) walk(child, `${at}/${child.localName}.${++count}`)
      else if (child.nodeValue?.trim()) places[`${at}/text.${count}`] = child.nodeValue
    }
  }
  walk(parsed.documentElement, '')
  return found
}

describe.skipIf(!isReady)('an HTML card opened from disk (needs Chromium and zbarimg)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-card-'))
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
    page.on('request', (request) => asked.push(request.url()))
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asked: string[] = []

  async function open(card: WalletPass, change = (html: string) => html, height = 800): Promise<void> {
    const { body } = await writeCard(card, 'html', { link: undefined, name: 'card' })
    const file = join(folder, 'card.html')
    writeFileSync(file, change(body))
    asked.length = 0
    await page.setViewportSize({ width: 900, height })
    await page.goto(pathToFileURL(file).href)
  }

  /** What was asked of the network since the card was opened. */
  const askedOutside = (): string[] => asked.filter((url) => !/^(file|data):/.test(url))

  it.each(['contact', 'event'] as const)(
    'shows hostile text of a %s as text, and runs none of it',
    async (kind) => {
      for (const [typed, kept] of hostileTexts) {
        await open(cardOf(typed, kind))
        expect(await page.locator('h1').textContent()).toBe(kept)
        const values = await page.locator('dd').allTextContents()
        expect(values.at(-1)).toBe(kept)
        expect(await page.locator('script, iframe, object, img, form, main svg svg').count()).toBe(0)
        expect(await page.title()).not.toBe('ran')
        expect(await page.evaluate('document.querySelectorAll("[onerror],[onload],[style]").length')).toBe(0)
        expect(askedOutside()).toEqual([])
      }
    },
  )

  it.each(['contact', 'event'] as const)(
    'hostile text in one field of a %s changes no other place of the document that Chromium makes of it',
    async (kind) => {
      const card = markedCard(kind)
      await page.goto('about:blank')
      const placesOfAll = async (cards: WalletPass[]): Promise<Document[]> => {
        const files = await Promise.all(
          cards.map((one) => writeCard(one, 'html', { link: undefined, name: 'card' })),
        )
        const bodies = files.map(({ body }) => body)
        return page.evaluate((texts) => texts.map(readDocument), bodies)
      }
      await page.evaluate(`globalThis.readDocument = ${readDocument.toString()}`)
      const [plain] = await placesOfAll([card])
      const fields = freeFields[kind].filter((path) => !nowhere.includes(path))
      expect(fields.filter((path) => placesOf(plain!.body, path).length === 0)).toEqual([])
      for (const path of fields) {
        const found = await placesOfAll(hostileTexts.map(([typed]) => withField(card, path, typed)))
        const wrong = found.flatMap(({ head, body, addresses }, at) => {
          const [, kept] = hostileTexts[at]!
          // Where no `bdi` can stand, what turns the direction is left out, and there is one line.
          const oneLine = kept.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '').replaceAll('\n', ' ')
          expect(addresses.filter((address) => !/^(https|tel|mailto|data):[!-~]*$/.test(address))).toEqual([])
          expect(addresses).toHaveLength(plain!.addresses.length)
          return [
            ...differencesOf(plain!.head, head, path, oneLine),
            ...differencesOf(plain!.body, body, path, kept),
          ]
        })
        expect(wrong).toEqual([])
      }
    },
  )

  it('shows the words of other languages folded away, and hostile ones as text', async () => {
    for (const [typed, kept] of hostileTexts) {
      const card = markedCard('event')
      const words = {
        title: typed,
        'event.description': typed,
        'event.timezone': typed,
        'event.website': typed,
      }
      await open({ ...card, translations: { ar: words } })
      const other = page.locator('details[lang=ar][dir=rtl]')
      await other.locator('summary').click()
      expect(await other.locator('summary').textContent()).toBe('العربية')
      expect(await other.locator('h2').textContent()).toBe(kept)
      expect((await other.locator('dd').allTextContents()).at(-1)).toBe(kept)
      expect(await other.locator('dt').first().textContent()).toBe('البداية')
      expect(await other.locator('a').last().getAttribute('href')).toBe('https://example.com/')
      expect(await page.locator('h1').textContent()).toBe(card.title)
      expect(await page.title()).toBe(card.title)
      expect(await page.locator('script, iframe, object, img, form').count()).toBe(0)
    }
  })

  it('runs nothing even where markup got in: its own policy refuses', async () => {
    const attack =
      `<script>document.title='ran'</script><img src="x" onerror="document.title='ran'">` +
      `<style>h1{display:none}</style><img src="https://example.com/spy.png">`
    await open(cardOf('Zoë', 'contact'), (html) => html.replace('</main>', `${attack}</main>`))
    await page.waitForTimeout(200)
    expect(await page.title()).toBe('Zoë')
    expect(await page.locator('h1').isVisible()).toBe(true)
  })

  it('wears its own style, and its code is read from the screen', async () => {
    const texts = ['Zoë Müller', 'Привет', 'مرحبا', '日本語 \u{1f600}']
    for (const card of texts.flatMap((text) => [cardOf(text, 'contact'), cardOf(text, 'event')])) {
      // As high as the whole card, so that the code is on the screen.
      await open(card, (html) => html, 4000)
      const colour = await page.evaluate('getComputedStyle(document.querySelector("main")).backgroundColor')
      expect(colour).toBe('rgb(255, 248, 225)')
      const file = join(folder, 'screen.png')
      writeFileSync(file, await page.screenshot({ type: 'png' }))
      const read = execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', '-Sbinary', file]).toString()
      expect(read.replace(/\n$/, '')).toBe(codeTextOf(card, undefined).replace(/\n$/, ''))
    }
  })
})
