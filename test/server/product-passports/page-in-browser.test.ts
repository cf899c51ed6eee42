import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeExport } from '#server/features/product-passports/exports/make-exports.ts'
import { passportPage } from '#server/features/product-passports/passport-page.ts'
import { exportParts, hostile } from './export-judges.ts'
import { samplePassport, sampleSubject } from './sample-subject.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const all = [
  ...hostile.map((text) => text.slice(0, 200)),
  '<iframe src="https://example.com"></iframe>',
].join(' ')

describe.skipIf(!existsSync(executablePath))('the page of a passport in a browser (needs Chromium)', () => {
  let browser: Browser
  let page: Page
  const asked: string[] = []
  const events: string[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 360, height: 700 } })
    page.on('request', (request) => asked.push(request.url()))
    page.on('dialog', (dialog) => {
      events.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('console', (message) => events.push(message.text()))
    page.on('pageerror', (error) => events.push(error.message))
  }, 60_000)
  afterAll(() => browser.close())

  it('runs and fetches nothing of what a business wrote, and is no wider than a telephone', async () => {
    const file = await makeExport(sampleSubject(all), exportParts, { format: 'html' })
    await page.setContent(file?.body.toString() ?? '', { waitUntil: 'load' })
    expect(await page.locator('script, iframe, svg, object, form').count()).toBe(0)
    expect(await page.locator('h1').innerText()).toContain('<script>alert(1)</script>')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    // The code is drawn: it came out of the page itself.
    expect(await page.evaluate("document.querySelector('img').naturalWidth")).toBeGreaterThan(0)
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([])
    expect(events).toEqual([])
  })

  it('keeps its look under its own policy, and shows a banner on top', async () => {
    const { html, policy } = passportPage(samplePassport(), { banner: '<p class="alert">Recalled.</p>' })
    await page.route('https://passport.example/', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'Content-Security-Policy': policy },
        body: html,
      }),
    )
    await page.goto('https://passport.example/')
    expect(await page.evaluate("getComputedStyle(document.querySelector('.alert')).backgroundColor")).toBe(
      'rgb(179, 38, 30)',
    )
    expect(await page.locator('body > :first-child').innerText()).toBe('Recalled.')
    expect(events).toEqual([])
  })

  it('prints on pages of A4 with everything in it', async () => {
    await page.goto('https://passport.example/')
    expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF')
  })
})
