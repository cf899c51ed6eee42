import { generateKeyPairSync } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createIntegrationCredential } from '#contract/integration-credentials.ts'
import { createProductPassport } from '#contract/product-passports.ts'
import { createWalletPass } from '#contract/wallet-passes.ts'
import { fillRestaurant } from './fill-restaurant.ts'
import { agencySheet, clientOfPage, noBrowser, openPage, type OpenPage } from './open-page.ts'
import { Warehouse } from './warehouse.ts'

const timeout = 120_000

if (noBrowser !== undefined) console.warn(`The page is not looked at: ${noBrowser}.`)

/** What a finger, or a pointer in text, can still hit, in CSS pixels (WCAG 2.5.5 and 2.5.8). */
const targets = { alone: 44, inText: 24 }

interface Screen {
  name: string
  show: (open: OpenPage, importId: string) => Promise<unknown>
  /** Brings the screen back to rest. */
  leave?: (page: Page) => Promise<unknown>
}

const goTo = (path: string) => (open: OpenPage) => visit(open.page, path)

async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await page.getByRole('main').waitFor()
  // The network never rests: the page listens to events.
  await page.waitForTimeout(300)
  await page.getByText('Loading…').first().waitFor({ state: 'hidden' })
}

const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await page.locator('[role=dialog], [role=alertdialog]').waitFor({ state: 'detached' })
}

const screens: readonly Screen[] = [
  {
    name: 'the list of links',
    show: async (open) => {
      await goTo('/qr-links')(open)
      await open.page.getByRole('grid', { name: 'QR links' }).waitFor()
    },
  },
  {
    name: 'a new link',
    show: async (open) => {
      await goTo('/qr-links')(open)
      await open.page.getByRole('button', { name: 'New link' }).click()
      await open.page.getByRole('dialog').getByLabel('Slug').fill('admin')
    },
    leave: closeDialog,
  },
  {
    name: 'one link',
    show: async (open) => {
      await goTo('/qr-links')(open)
      await open.page.getByRole('grid', { name: 'QR links' }).getByRole('link').first().click()
      await open.page.getByRole('img', { name: /^QR code of/ }).waitFor()
    },
  },
  {
    name: 'the board',
    show: async (open) => {
      await goTo('/board')(open)
      await open.page.getByRole('article').first().waitFor()
    },
  },
  {
    name: 'the kitchen’s board',
    show: async (open) => {
      await goTo('/board')(open)
      await open.page.getByRole('button', { name: 'Kitchen', exact: true }).click()
    },
    leave: (page) => page.getByRole('button', { name: 'Counter', exact: true }).click(),
  },
  {
    name: 'one order',
    show: async (open) => {
      await goTo('/board')(open)
      await open.page
        .getByRole('button', { name: /^Open order/ })
        .first()
        .click()
      await open.page.getByRole('dialog').getByText('History').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'why an order is rejected',
    show: async (open) => {
      await goTo('/board')(open)
      await open.page
        .getByRole('button', { name: /^More for order/ })
        .first()
        .click()
      await open.page.getByRole('menuitem', { name: 'Reject…' }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'the board’s sound',
    show: async (open) => {
      await goTo('/board')(open)
      await open.page.getByRole('button', { name: 'Sound for new orders' }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'order entry',
    show: async (open) => {
      await goTo('/board/new')(open)
      await open.page.getByRole('button', { name: /^Pizza/ }).click()
    },
  },
  {
    name: 'the choices of a dish',
    show: async (open) => {
      await goTo('/board/new')(open)
      await open.page.getByRole('button', { name: /^Espresso/ }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  {
    name: 'the day’s orders',
    show: async (open) => {
      await goTo('/orders')(open)
      await open.page.getByText('Most ordered').waitFor()
    },
  },
  { name: 'the imports', show: goTo('/imports') },
  {
    name: 'a checked file with errors',
    show: async (open, id) => {
      await visit(open.page, `/imports/${id}`)
      await open.page.getByRole('grid', { name: 'Rows of the file' }).focus()
      for (const key of ['Control+Home', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
        await open.page.keyboard.press(key)
      await open.page.getByRole('button', { name: /^Use https/ }).waitFor()
    },
  },
  {
    name: 'checking goods by hand',
    show: async (open) => {
      await goTo('/field')(open)
      await open.page.getByRole('button', { name: 'Type it in' }).click()
    },
  },
  {
    name: 'recalled goods and what was done',
    show: async (open) => {
      await goTo('/field')(open)
      await open.page.getByRole('heading', { name: 'Check goods' }).click()
      await open.page.keyboard.type(`01${Warehouse.recalled.gtin}10${Warehouse.recalled.lot}`)
      await open.page.keyboard.press('Enter')
      await open.page.getByRole('button', { name: 'Destroyed' }).click()
    },
  },
  {
    name: 'print sheets and bundles',
    show: async (open) => {
      await goTo('/exports')(open)
      await open.page.getByRole('img', { name: /as it will be printed$/ }).waitFor()
    },
  },
  { name: 'the recalls', show: goTo('/recalls') },
  {
    name: 'one recall',
    show: async (open) => {
      await goTo('/recalls')(open)
      await open.page.getByRole('link', { name: 'Peanut butter with salmonella' }).click()
      await open.page.getByRole('heading', { name: 'What was done' }).waitFor()
    },
  },
  {
    name: 'a new recall',
    show: async (open) => {
      await goTo('/recalls')(open)
      await open.page.getByRole('button', { name: 'Enter a recall' }).first().click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  { name: 'the studio', show: goTo('/studio?text=https%3A%2F%2Fexample.com') },
  {
    name: 'the studio with a fault',
    show: async (open) => {
      await goTo('/studio?text=https%3A%2F%2Fexample.com')(open)
      await open.page.getByRole('textbox', { name: 'Colour of the code', exact: true }).fill('#ffd400')
      await open.page.getByRole('button', { name: /^Mend: / }).waitFor()
    },
  },
  {
    name: 'the wallet cards',
    show: async (open) => {
      await goTo('/wallet')(open)
      await open.page.getByRole('link', { name: 'Open day' }).waitFor()
    },
  },
  ...['Zoë Müller', 'Open day'].map((title) => ({
    name: `the card of ${title}`,
    show: async (open: OpenPage) => {
      await goTo('/wallet')(open)
      await open.page.getByRole('link', { name: title }).click()
      await open.page.getByRole('heading', { name: title, level: 1 }).waitFor()
    },
  })),
  ...['New contact', 'New event'].map((button) => ({
    name: button,
    show: async (open: OpenPage) => {
      await goTo('/wallet')(open)
      await open.page.getByRole('button', { name: button }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  })),
  {
    name: 'what signs cards',
    show: async (open) => {
      await goTo('/settings/signing')(open)
      await open.page.getByText('Ready to sign').waitFor()
    },
  },
  {
    name: 'new credentials for Apple',
    show: async (open) => {
      await goTo('/settings/signing')(open)
      await open.page.getByRole('button', { name: 'Add', exact: true }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  { name: 'the passports', show: goTo('/passports') },
  {
    name: 'one passport',
    show: async (open) => {
      await goTo('/passports')(open)
      await open.page.getByRole('link', { name: 'Peanut butter 350 g' }).click()
      await open.page.getByRole('img', { name: /^Label of/ }).waitFor()
    },
  },
  {
    name: 'a new passport',
    show: async (open) => {
      await goTo('/passports')(open)
      await open.page.getByRole('button', { name: 'New passport' }).click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  { name: 'a keyboard scanner', show: goTo('/field/scanner') },
  { name: 'appearance', show: goTo('/settings/appearance') },
  { name: 'businesses', show: goTo('/settings/businesses') },
  { name: 'tokens', show: goTo('/settings/tokens') },
  {
    name: 'a new token',
    show: async (open) => {
      await goTo('/settings/tokens')(open)
      await open.page.getByRole('button', { name: 'Create token' }).first().click()
      await open.page.getByRole('dialog').waitFor()
    },
    leave: closeDialog,
  },
  { name: 'this device', show: goTo('/settings/device') },
  {
    name: 'the command palette',
    show: async (open) => {
      await open.page.keyboard.press('Control+k')
      await open.page.getByRole('option').first().waitFor()
    },
    leave: closeDialog,
  },
]

describe.skipIf(noBrowser !== undefined)('every screen, for everybody', { timeout }, () => {
  let open: OpenPage
  let importId = ''
  beforeAll(async () => {
    open = await openPage({ reducedMotion: 'reduce' })
    const { page } = open
    await page.getByText('Make your first QR link').waitFor()
  }, timeout)
  // oxlint-disable-next-line vitest/no-standalone-expect -- every test has to leave the console clean
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  async function setLook(look: { theme: string; density: string }): Promise<void> {
    await open.page.evaluate(
      (value) => localStorage.setItem('qrscan.appearance', JSON.stringify(value)),
      look,
    )
    await open.page.reload()
    await open.page.getByRole('main').waitFor()
  }

  /** What axe finds, in words. */
  async function violations(): Promise<string[]> {
    const { violations: found } = await new AxeBuilder({ page: open.page }).analyze()
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  }

  async function eachScreen(check: (name: string) => Promise<void>): Promise<void> {
    for (const { name, show, leave } of screens) {
      await show(open, importId)
      await check(name)
      await leave?.(open.page)
    }
  }

  test.each(['light', 'dark', 'contrast'])('axe finds nothing on the empty app in %s', async (theme) => {
    await setLook({ theme, density: 'comfortable' })
    for (const path of [
      '/board',
      '/board/new',
      '/orders',
      '/qr-links',
      '/imports',
      '/exports',
      '/recalls',
      '/passports',
      '/studio',
      '/wallet',
      '/settings/signing',
      '/settings/tokens',
    ]) {
      await visit(open.page, path)
      expect(await violations()).toEqual([])
    }
  })

  test('the app is filled: links, an import with errors, and a token', async () => {
    const { page, app } = open
    const session = await page.evaluate(() => sessionStorage.getItem('qrscan.session'))
    const send = async (path: string, type: string, body: string): Promise<{ import: { id: string } }> => {
      const headers = { Authorization: `Bearer ${session}`, 'Content-Type': type }
      const answer = await fetch(app.url + path, { method: 'POST', headers, body })
      expect(answer.status).toBeLessThan(300)
      return answer.json() as never
    }
    const saved = await send('/api/imports/qr-links/preview', 'text/csv', agencySheet(60))
    await send(`/api/imports/${saved.import.id}/commit`, 'application/json', '{}')
    importId = (await send('/api/imports/qr-links/preview', 'text/csv', agencySheet(200))).import.id
    await send(
      '/api/tokens',
      'application/json',
      JSON.stringify({ name: 'Till', kind: 'api', scopes: ['links:read'] }),
    )
  })

  test('the restaurant is filled: a menu, stations, and orders of long words in three scripts; goods with a passport', async () => {
    const session = await open.page.evaluate(() => sessionStorage.getItem('qrscan.session'))
    await fillRestaurant(open.app.url, session ?? '')
    await Warehouse.open(open)
    const body = { name: 'Peanut butter 350 g', gtin: Warehouse.recalled.gtin, status: 'published' as const }
    await (await clientOfPage(open)).call(createProductPassport, { body })
  })

  test('cards are made, of one word that does not end and in Arabic, and Google’s key is kept', async () => {
    const client = await clientOfPage(open)
    const contact = { organization: 'Donaudampfschifffahrtsgesellschaft'.repeat(4), note: 'مرحبا' }
    const event = { starts_at: '2026-12-05T09:00:00.000000Z', location: 'دار البلدية' }
    await client.call(createWalletPass, { body: { kind: 'contact', title: 'Zoë Müller', contact } })
    await client.call(createWalletPass, { body: { kind: 'event', title: 'Open day', event } })
    const account = {
      type: 'service_account',
      client_email: `${'cards'.repeat(9)}@example.iam.gserviceaccount.com`,
      private_key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      }),
    }
    const credentials = { service_account: JSON.stringify(account), issuer_id: '3388000000012345678' }
    await client.call(createIntegrationCredential, { body: { integration: 'google_wallet', credentials } })
  })

  test.each(['light', 'dark', 'contrast'])('axe finds nothing on any screen in %s', async (theme) => {
    await setLook({ theme, density: 'comfortable' })
    const found: Record<string, string[]> = {}
    await eachScreen(async (name) => {
      const here = await violations()
      if (here.length > 0) found[name] = here
    })
    expect(found).toEqual({})
  })

  test('nothing runs over the side of a screen 360 pixels wide', async () => {
    await setLook({ theme: 'light', density: 'touch' })
    await open.page.setViewportSize({ width: 360, height: 740 })
    const over: Record<string, number> = {}
    await eachScreen(async (name) => {
      const width = await open.page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 360) over[name] = width
    })
    await open.page.setViewportSize({ width: 1280, height: 800 })
    expect(over).toEqual({})
  })

  test('everything that can be pressed is large enough for a finger', async () => {
    await setLook({ theme: 'light', density: 'touch' })
    const small: Record<string, string[]> = {}
    await eachScreen(async (name) => {
      const here = await open.page.evaluate(smallTargets, targets)
      if (here.length > 0) small[name] = here
    })
    expect(small).toEqual({})
  })

  test('the keyboard reaches the main actions, and one can see where it is', async () => {
    await setLook({ theme: 'light', density: 'comfortable' })
    await visit(open.page, '/qr-links')
    await open.page.getByRole('grid', { name: 'QR links' }).waitFor()
    await open.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const reached: string[] = []
    const unseen: string[] = []
    for (let press = 0; press < 40; press++) {
      await open.page.keyboard.press('Tab')
      const { name, isSeen } = await open.page.evaluate(focusedElement)
      reached.push(name)
      if (!isSeen) unseen.push(name)
    }
    expect(unseen).toEqual([])
    const wanted = ['Skip to the content', 'QR links', 'Import', 'Settings', 'New link', 'Search links']
    expect(wanted.filter((name) => !reached.some((text) => text.includes(name)))).toEqual([])
  })
})

/** Runs in the page: what can be pressed and is too small, by the size of what takes the press. */
function smallTargets({ alone, inText }: typeof targets): string[] {
  const pressable =
    'a[href], button, input, select, textarea, [role=button], [role=option], [role=switch], [role=tab]'
  const modal = document.querySelector('[role=dialog], [role=alertdialog]')
  return [...(modal ?? document).querySelectorAll<HTMLElement>(pressable)].flatMap((element) => {
    // A hidden input is pressed through its label.
    const target = element.matches('input[type=checkbox], input[type=radio]')
      ? (element.closest('label') ?? element)
      : element
    const { width, height } = target.getBoundingClientRect()
    const style = getComputedStyle(target)
    // Some buttons are for screen readers alone, in a box that nobody sees.
    const isHidden =
      width < 2 ||
      height < 2 ||
      style.visibility === 'hidden' ||
      target.closest('[aria-hidden=true], [inert], [style*="clip"]')
    if (isHidden) return []
    // A field is pressed through the box around it, a link in a line of text through its words.
    const box = element.matches('input, textarea')
      ? (target.parentElement ?? target).getBoundingClientRect()
      : { width, height }
    const least = style.display === 'inline' || element.matches('[role=grid] a') ? inText : alone
    const isFine = Math.max(box.height, height) >= least - 0.5 && Math.max(box.width, width) >= least - 0.5
    const label = element.getAttribute('aria-label') ?? element.textContent
    return isFine
      ? []
      : [`${element.tagName} "${label.trim().slice(0, 40)}" ${width.toFixed(0)}×${height.toFixed(0)}`]
  })
}

/** Runs in the page: what has the focus, and whether something around it shows that. */
function focusedElement(): { name: string; isSeen: boolean } {
  const element = document.activeElement as HTMLElement
  const around = [element, element.parentElement, element.parentElement?.parentElement]
  const isMarked = (one: Element | null | undefined): boolean => {
    if (!one) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  const name = element.getAttribute('aria-label') ?? element.textContent
  return { name: name.trim().slice(0, 60), isSeen: element === document.body || around.some(isMarked) }
}
