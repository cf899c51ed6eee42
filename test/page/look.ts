import { mkdirSync, readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** A folder for screenshots to be looked at; none are taken without it. */
const shots = process.env['SCREENSHOTS']

/** Keeps a picture of the whole page, where somebody wants to look at it. */
export async function look(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

/** What axe finds wrong with the page, or with a part of it. */
export async function faults(page: Page, part = 'body'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The file that a button hands to the downloads; `text` is what it says as UTF-8. */
export async function saved(
  page: Page,
  press: string | RegExp,
): Promise<{ name: string; bytes: Buffer; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: press, ...(typeof press === 'string' && { exact: true }) })
      .first()
      .click(),
  ])
  const bytes = readFileSync(await download.path())
  return { name: download.suggestedFilename(), bytes, text: bytes.toString() }
}
