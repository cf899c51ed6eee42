import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { createClient, type Client } from '#contract/client.ts'
import { startServedApp, type ServedApp } from '#test/support/served-app.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why the page cannot be driven here; undefined where it can. */
export const noBrowser = existsSync(executablePath) ? undefined : `there is no browser at ${executablePath}`

/** How the browser is started: headless, and with none of its own talk to the network. */
export const browserOptions = {
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** The built page in a real browser, over the built server in a process of its own. */
export interface OpenPage extends AsyncDisposable {
  app: ServedApp
  browser: Browser
  context: BrowserContext
  page: Page
  /** What went wrong on the page so far: faults, console errors, policy violations. */
  faults: string[]
  /** Answers of this status are part of the test from now on. */
  expectStatus(status: number): void
}

type ContextOptions = Parameters<Browser['newContext']>[0]

/** Opens the launch link of a fresh app; `args` are more of the browser's own, as for a camera. */
export async function openPage(
  options: ContextOptions = {},
  args: readonly string[] = [],
): Promise<OpenPage> {
  const app = await startServedApp()
  const browser = await chromium.launch({ ...browserOptions, args: [...browserOptions.args, ...args] })
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const faults: string[] = []
  const expected = new Set<number>()
  await watchFaults(context, faults, expected)
  const page = await context.newPage()
  await page.goto(app.launchUrl)
  return {
    app,
    browser,
    context,
    page,
    faults,
    expectStatus: (status) => expected.add(status),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await app[Symbol.asyncDispose]()
    },
  }
}

async function watchFaults(context: BrowserContext, faults: string[], expected: Set<number>): Promise<void> {
  await context.exposeFunction('reportViolation', (what: string) => faults.push(`policy: ${what}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation: report } = globalThis as unknown as Record<string, (what: string) => void>
      report?.(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  context.on('weberror', (error) => faults.push(`page: ${error.error().stack ?? error.error().message}`))
  context.on('console', (message) => {
    const text = message.text()
    const status = Number(/Failed to load resource.* status of (\d+)/.exec(text)?.[1])
    if (message.type() === 'error' && !expected.has(status))
      faults.push(`console: ${text} ${message.location().url}`)
    if (message.type() === 'warning') faults.push(`warning: ${text}`)
  })
}

/** A spreadsheet as an agency sends it: its own header names, and a few rows with something wrong. */
export function agencySheet(rows: number): string {
  const lines = ['Short link;Landing page;Name;Campaign;Labels;Comment']
  for (let row = 1; row <= rows; row++) {
    lines.push(
      `berlin-${row};https://www.example.com/berlin/${row}?utm_source=qr;"Poster ""Spree"" ${row}";Spring 2027;"print, outdoor";`,
    )
  }
  // Row 3 has no https, row 5 a reserved slug, row 7 a slug of row 2, row 9 leads into a private network.
  lines[3] = lines[3]!.replace('https://', 'http://')
  lines[4] = lines[4]!.replace('https://', 'http://')
  lines[5] = lines[5]!.replace('berlin-5', 'admin')
  lines[7] = lines[7]!.replace('berlin-7', 'berlin-2')
  lines[9] = lines[9]!.replace('www.example.com', '192.168.1.1')
  return lines.join('\r\n')
}

/** The typed client, with the session that the page itself has. */
export async function clientOfPage({ app, page }: Pick<OpenPage, 'app' | 'page'>): Promise<Client> {
  const session = await page.evaluate(() => sessionStorage.getItem('qrscan.session'))
  return createClient({ baseUrl: app.url, token: () => session ?? undefined })
}
