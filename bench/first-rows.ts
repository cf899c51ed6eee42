/**
 * From the choice of a spreadsheet to its first 100 rows painted, in real Chromium over the built app, for a small file
 * and for one of a million rows. Timed inside the page: from the input's own event to the frame after the rows stand
 * there. `node bench/first-rows.ts [--rows N] [--rounds N]`
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openPage } from '#test/page/open-page.ts'
import { makeImportData } from './import-data.ts'
import { median, quantile, report, type Result } from './measure.ts'
import { benchData } from './seed-links.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '9' },
  },
})
const rounds = Number(values.rounds)

/** Installed before the page's own code: notes when a file is chosen, and when 100 rows have been painted. */
function watchRows(): void {
  const timing = globalThis as unknown as { chosen: number; painted: number }
  document.addEventListener(
    'change',
    (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === 'file') {
        timing.chosen = performance.now()
        timing.painted = 0
      }
    },
    true,
  )
  new MutationObserver(() => {
    if (timing.painted || document.querySelectorAll('section table tbody tr').length < 100) return
    timing.painted = -1
    // The frame that shows them has been drawn when a message posted inside of it arrives.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => (timing.painted = performance.now()))
      port1.start()
      port2.postMessage(0)
    })
  }).observe(document, { childList: true, subtree: true })
}

async function chooseFile(page: Page, path: string): Promise<number> {
  await page.goto(new URL('/imports', page.url()).href)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('input[type=file]').setInputFiles(path)
  await page.waitForFunction(() => (globalThis as unknown as { painted: number }).painted > 0)
  return page.evaluate(() => {
    const { chosen, painted } = globalThis as unknown as { chosen: number; painted: number }
    return painted - chosen
  })
}

async function measure(rows: number): Promise<Result[]> {
  const { csv } = makeImportData(benchData, rows)
  await using opened = await openPage()
  const { page } = opened
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.addInitScript(watchRows)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await chooseFile(page, csv))
  const line = (what: string, ours: number): Result => {
    return { bench: 'first-rows', what, ours, unit: 'ms', target: '≤ 100 ms', met: ours <= 100 }
  }
  return [
    line(`first 100 of ${rows} rows painted, median of ${rounds}`, median(times)),
    line(`first 100 of ${rows} rows painted, the slowest`, quantile(times, 1)),
  ]
}

const results: Result[] = []
for (const rows of [20_000, Number(values.rows)]) results.push(...(await measure(rows)))
report(results)
