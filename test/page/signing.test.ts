import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createWalletPass } from '#contract/wallet-passes.ts'
import { makeWalletAuthority } from '#test/support/wallet-authority.ts'
import { faults, look } from './look.ts'
import { clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'

/** On a machine that does much else as well. */
const soon = { timeout: 15_000 }

const authority = makeWalletAuthority()
const issued = authority.issue()

function accountOf(change: object = {}): string {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return JSON.stringify({
    type: 'service_account',
    client_email: 'cards@example.iam.gserviceaccount.com',
    private_key_id: '0123456789abcdef',
    private_key: key.export({ type: 'pkcs8', format: 'pem' }),
    ...change,
  })
}

describe.skipIf(noBrowser !== undefined)('wallet signing on screen', { timeout: 60_000 }, () => {
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    ;({ page } = open)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(new URL('/settings/signing', page.url()).href)
  }, 60_000)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(async () => {
    await open?.[Symbol.asyncDispose]()
    authority[Symbol.dispose]()
  })

  const service = (name: string): Locator =>
    page.locator('section').filter({ has: page.getByRole('heading', { name }) })

  const form = (): Locator => page.getByRole('dialog')
  const field = (name: string): Locator => form().getByRole('textbox', { name })
  const save = (): Promise<void> => form().getByRole('button', { name: 'Save', exact: true }).click()

  /** What is said at a field itself, as a screen reader says it with the field. */
  async function saidAt(name: string): Promise<string> {
    const ids = (await field(name).getAttribute('aria-describedby')) ?? ''
    const texts = await Promise.all(
      ids
        .split(' ')
        .filter(Boolean)
        .map((id) => page.locator(`[id="${id}"]`).textContent()),
    )
    return texts.join(' ')
  }

  async function openFields(name: string, button: string): Promise<void> {
    await service(name).getByRole('button', { name: button, exact: true }).click()
    await form().waitFor()
  }

  test('says what is needed before there is anything', async () => {
    await page.getByRole('heading', { name: 'Apple Wallet' }).waitFor()
    await look(page, 'signing-empty')
    expect(await faults(page)).toEqual([])
    await openFields('Apple Wallet', 'Add')
    await look(page, 'signing-form')
    expect(await faults(page)).toEqual([])
    open.expectStatus(422)
    await save()
    await form().getByRole('alert').waitFor()
    for (const name of ['Pass certificate', 'Private key', 'Apple WWDR certificate'])
      expect(await saidAt(name)).toContain('Fill in')
    await look(page, 'signing-missing')
    expect(await faults(page)).toEqual([])
  })

  test('says at its field that a key belongs to another certificate', async () => {
    await field('Pass certificate').fill(issued.certificate)
    await field('Private key').fill(authority.issue().private_key)
    await field('Apple WWDR certificate').fill(authority.wwdr)
    await save()
    await expect
      .poll(() => saidAt('Private key'), soon)
      .toContain('This key does not belong to the certificate.')
    expect(await saidAt('Pass certificate')).toBe('')
    await look(page, 'signing-mismatch')
    expect(await faults(page)).toEqual([])
  })

  test('says when a certificate ended, and what to do', async () => {
    const old = authority.issue({ days: -1 })
    await field('Pass certificate').fill(old.certificate)
    await field('Private key').fill(old.private_key)
    await save()
    const wanted = /This certificate ended on \d{4}-\d\d-\d\d\. Get a new one\. The guide: https:/
    await expect.poll(() => saidAt('Pass certificate'), soon).toMatch(wanted)
    expect(await saidAt('Private key')).toBe('')
  })

  test('takes files as Apple hands them out, keeps them, and shows them masked', async () => {
    const folder = authority.folder
    writeFileSync(join(folder, 'pass.cer'), new X509Certificate(issued.certificate).raw)
    writeFileSync(join(folder, 'pass.key'), issued.private_key)
    for (const [name, file] of [
      ['Pass certificate', 'pass.cer'],
      ['Private key', 'pass.key'],
      ['Apple WWDR certificate', 'wwdr.pem'],
    ] as const) {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        form()
          .getByRole('button', { name: `From a file: ${name}` })
          .click(),
      ])
      await chooser.setFiles(join(folder, file))
      await expect.poll(() => field(name).inputValue(), soon).not.toBe('')
    }
    await save()
    await form().waitFor({ state: 'detached' })
    await service('Apple Wallet').getByText('Ready to sign').waitFor()
    const shown = await service('Apple Wallet').innerText()
    expect(shown).toContain('pass.ink.example.card')
    expect(shown).toContain('TEAM123456')
    const html = await page.content()
    for (const line of issued.private_key.split('\n').slice(1, 3)) expect(html).not.toContain(line)
    await look(page, 'signing-kept')
    expect(await faults(page)).toEqual([])
  })

  test('what is kept signs a card at once', async () => {
    const client = await clientOfPage(open)
    const body = { kind: 'contact' as const, title: 'Zoë', contact: { job_title: 'Baker' } }
    const { wallet_pass } = await client.call(createWalletPass, { body })
    await page.goto(new URL(`/wallet/${wallet_pass.id}`, page.url()).href)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Apple Wallet' }).click(),
    ])
    const files = unzipSync(readFileSync(await download.path()))
    expect(Object.keys(files)).toContain('signature')
    await page.goto(new URL('/settings/signing', page.url()).href)
  })

  test('Google: the wrong JSON is told at its field, the right one is kept', async () => {
    await openFields('Google Wallet', 'Add')
    await field('Issuer ID').fill('3388000000012345678')
    await field('Key of the service account').fill(accountOf({ type: 'authorized_user' }))
    await save()
    await expect
      .poll(() => saidAt('Key of the service account'), soon)
      .toContain('not the key of a service account')
    await field('Key of the service account').fill(accountOf())
    await save()
    await form().waitFor({ state: 'detached' })
    const shown = service('Google Wallet')
    await shown.getByText('Ready to sign').waitFor()
    expect(await shown.innerText()).toContain('…cdef, kept encrypted')
    expect(await page.content()).not.toContain('BEGIN PRIVATE KEY')
    await look(page, 'signing-both')
  })

  test('what is replaced is checked first; what was kept stays until then', async () => {
    await openFields('Apple Wallet', 'Replace')
    await field('Pass certificate').fill('hello')
    await field('Private key').fill(issued.private_key)
    await field('Apple WWDR certificate').fill(authority.wwdr)
    await save()
    await expect.poll(() => saidAt('Pass certificate'), soon).toContain('This is no certificate')
    const holdsFocus = () => form().evaluate((dialog) => dialog.contains(document.activeElement))
    await expect.poll(holdsFocus, soon).toBe(true)
    await page.keyboard.press('Escape')
    await form().waitFor({ state: 'detached' })
    await service('Apple Wallet').getByText('Ready to sign').waitFor()
  })

  test('is asked before it is forgotten, and then it is gone', async () => {
    for (const name of ['Apple Wallet', 'Google Wallet']) {
      await service(name).getByRole('button', { name: 'Forget' }).click()
      const question = page.getByRole('alertdialog', { name: /^Forget/ })
      await question.waitFor()
      await look(page, 'signing-forget')
      expect(await faults(page)).toEqual([])
      await question.getByRole('button', { name: 'Forget' }).click()
      await service(name).getByRole('button', { name: 'Add', exact: true }).waitFor()
      expect(await service(name).getByText('Ready to sign').count()).toBe(0)
    }
  })

  test('fits on a telephone, in the dark', async () => {
    const theme = JSON.stringify({ theme: 'dark', density: 'touch' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), theme)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await openFields('Apple Wallet', 'Add')
    await field('Pass certificate').fill(issued.certificate)
    await field('Private key').fill(issued.private_key)
    await field('Apple WWDR certificate').fill(authority.wwdr)
    await look(page, 'signing-form-phone-dark')
    expect(await faults(page)).toEqual([])
    await save()
    await form().waitFor({ state: 'detached' })
    await service('Apple Wallet').getByText('Ready to sign').waitFor()
    await look(page, 'signing-phone-dark')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await faults(page)).toEqual([])
  })
})
