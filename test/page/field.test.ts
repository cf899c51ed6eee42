import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { drawPicture, writeFilm } from './goods-film.ts'
import { noBrowser, openPage, type OpenPage } from './open-page.ts'
import { Warehouse } from './warehouse.ts'

const timeout = 90_000
const { gtin, lot } = Warehouse.recalled
const ean = gtin.slice(1)
const matrix = { kind: 'gs1datamatrix', text: `(01)${gtin}(10)${lot}`, width: 160 } as const

function heading(page: Page, name: string) {
  return page.getByRole('heading', { name, exact: true })
}

/** As a scanner types, with Enter at the end; the focus is in no field before. */
async function scan(page: Page, text: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** The same keys without a pause between them, whatever else the machine does: a slow one types like a person. */
async function scanAtOnce(page: Page, text: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click()
  await page.evaluate(
    (keys) => {
      for (const key of keys)
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    },
    [...Array.from(text), 'Enter'],
  )
}

describe.skipIf(noBrowser !== undefined)('goods are checked', { timeout }, () => {
  let open: OpenPage
  let page: Page
  let goods: Warehouse
  beforeAll(async () => {
    const nothing = { codes: [], frames: 14 }
    const film = writeFilm([
      nothing,
      { codes: [{ ...matrix, turn: 14 }], frames: 20 },
      nothing,
      { codes: [{ kind: 'ean13', text: ean, width: 380 }], frames: 20 },
    ])
    open = await openPage({ reducedMotion: 'reduce' }, [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ])
    page = open.page
    goods = await Warehouse.open(open)
    await page.addInitScript(countTones)
    await page.reload()
    await page.getByRole('link', { name: 'Check goods' }).first().click()
    await heading(page, 'Nothing scanned yet').waitFor()
  }, timeout)
  afterEach(() => expect(open.faults.splice(0)).toEqual([]))
  afterAll(() => open?.[Symbol.asyncDispose]())

  test('by the camera: the answer in a word and a sound; how long it took is noted', async () => {
    await page.getByRole('button', { name: 'Scan with the camera' }).click()
    await heading(page, 'Recalled').waitFor()
    expect(await tones(page)).toBeGreaterThan(2)
    await page.getByText('Lot LOT7 is listed.').waitFor()
    await page.getByText('this device works alone').waitFor()
    // The EAN alone is another pack; the film then begins again.
    await heading(page, 'May be recalled').waitFor()
    await expect.poll(() => times(page).then(({ length }) => length), { timeout: 40_000 }).toBeGreaterThan(5)
    await page.getByRole('button', { name: 'Turn the camera off' }).click()
  })

  test('by a scanner that types, whose keys are no shortcuts and press nothing', async () => {
    await scan(page, `]d201${gtin}10LOTc?gl/`)
    await heading(page, 'Not listed').waitFor()
    await page.getByRole('button', { name: 'Sound' }).focus()
    await page.keyboard.type(`]E0${ean}`)
    await page.keyboard.press('Enter')
    await heading(page, 'May be recalled').waitFor()
    expect(await page.getByRole('button', { name: 'Sound' }).getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('textbox', { name: 'Lot', exact: true }).focus()
    await page.keyboard.type('LO', { delay: 160 })
    await page.keyboard.type(`]C110${lot}`)
    await page.keyboard.press('Enter')
    await heading(page, 'Recalled').waitFor()
    await page.getByText('Codes of one item are judged together.').waitFor()
    await page.getByRole('button', { name: 'It is another item' }).click()
    await heading(page, 'Cannot be checked').waitFor()
  })

  test('by a scanner that sends GS as Alt and 0029', async () => {
    const asked = page.waitForRequest('**/api/recalls/check')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.type(`01${gtin}10${lot}`)
    await page.keyboard.down('Alt')
    for (const digit of '0029') await page.keyboard.press(`Numpad${digit}`)
    await page.keyboard.up('Alt')
    await page.keyboard.type('2112')
    await page.keyboard.press('Enter')
    expect((await asked).postData()).toContain(`10${lot}\\u001d2112`)
    await heading(page, 'Recalled').waitFor()
  })

  test('with the keys of a person going their way', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('by a picture, whose codes are one item’s, and says when there is none', async () => {
    const upload = async (codes: Parameters<typeof drawPicture>[0]): Promise<void> => {
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'From a picture' }).click()
      await (await choosing).setFiles({ name: 'x.png', mimeType: 'image/png', buffer: drawPicture(codes) })
    }
    await upload([])
    await page.getByText('There is no code in this picture').waitFor()
    await page.getByRole('button', { name: 'Next item' }).click()
    await upload([
      { kind: 'ean13', text: ean, width: 380, x: 340 },
      { kind: 'gs1-128', text: `(10)${lot}`, width: 420, x: 940 },
    ])
    await heading(page, 'Recalled').waitFor()
  })

  test('by hand, and answers when the app’s server is back', async () => {
    await page.getByRole('button', { name: 'Type it in' }).click()
    await page.getByLabel('Code or number').pressSequentially(gtin, { delay: 70 })
    await page.locator('form').getByRole('textbox', { name: 'Lot', exact: true }).fill('LOT9')
    await goods.cutOff()
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByText('The app does not answer').waitFor()
    open.faults.splice(0)
    // The answer to the thing before does not stand there as if it were this one's.
    expect(await heading(page, 'Recalled').count()).toBe(0)
    await goods.connect()
    await page.getByRole('button', { name: 'Try again' }).click()
    await heading(page, 'Not listed').waitFor()
    await page.getByRole('button', { name: 'Type it in' }).click()
  })

  test('in two touches it is recorded what was done, with the place of the last time', async () => {
    await scanAtOnce(page, `01${gtin}10${lot}`)
    await page.getByRole('button', { name: 'Quarantined' }).click()
    await page.getByRole('textbox', { name: 'Where' }).fill('Store 4')
    await page.getByRole('button', { name: 'One more' }).click()
    await page.getByRole('button', { name: 'Record: 2 × Quarantined' }).click()
    await page.getByText('Recorded: 2 × Quarantined').waitFor()
    await page.getByRole('button', { name: 'Destroyed' }).click()
    await page.getByRole('button', { name: 'Record: 1 × Destroyed' }).click()
    await page.getByText('Recorded: 1 × Destroyed').waitFor()
    const seen = {
      verdict: 'recalled',
      sentence: expect.stringContaining('recalled') as string,
      data: { criteria: 1, active_recalls: 1 },
      matches: [{ recall_id: goods.recallId, revision: 1, line: 0, reason: 'Lot LOT7 is listed.' }],
    }
    expect(await goods.actions()).toMatchObject([
      { action: 'quarantined', quantity: 2, place: 'Store 4', gtin, lot, verdict: 'recalled', answer: seen },
      { action: 'destroyed', quantity: 1, place: 'Store 4' },
    ])
    await page.getByText('· 1 × Destroyed').waitFor()
  })

  test('a photo goes before its action, and a failed try is no second action', async () => {
    await page.getByRole('button', { name: 'Returned' }).click()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add a photo' }).click()
    const photo = { name: 'x.png', mimeType: 'image/png', buffer: drawPicture([]) }
    await (await choosing).setFiles(photo)
    await page.getByRole('img', { name: 'Photo 1' }).waitFor()
    await goods.cutOff()
    await page.getByRole('button', { name: /^Record:/ }).click()
    await page.getByText('The app does not answer').waitFor()
    await goods.connect()
    await page.getByRole('button', { name: /^Record:/ }).click()
    await page.getByText('Recorded: 1 × Returned').waitFor()
    open.faults.splice(0)
    const actions = await goods.actions()
    expect(actions).toHaveLength(3)
    expect(actions.at(-1)).toMatchObject({ action: 'returned', photos: [{ type: 'image/png' }] })
  })

  test('a photo is taken with the camera that scans', async () => {
    await scanAtOnce(page, `01${gtin}10${lot}`)
    await page.getByRole('button', { name: 'Scan with the camera' }).click()
    await page.getByText('Hold the code inside the frame').waitFor()
    await page.getByRole('button', { name: 'Corrected' }).click()
    await page.getByRole('button', { name: 'Photograph' }).click()
    const photo = page.getByRole('img', { name: 'Photo 1' })
    await photo.waitFor()
    await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1280)
    // The film goes on to another pack, which does not sweep away what is being entered.
    await page.getByText('Waits until this is recorded').waitFor()
    await page.waitForTimeout(4_000)
    expect(await photo.isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Turn the camera off' }).click()
    await scanAtOnce(page, `01${gtin}10${lot}`)
    await heading(page, 'Recalled').waitFor()
  })

  test('an entry is corrected by another that names it', async () => {
    const [first] = await goods.actions()
    await page.getByRole('button', { name: 'Correct entry 1' }).click()
    await page.getByRole('button', { name: 'One fewer' }).click()
    await page.getByRole('button', { name: 'Correct the record: 1 × Quarantined' }).click()
    await page.getByText('Corrected').first().waitFor()
    expect((await goods.actions()).at(-1)).toMatchObject({ supersedes_id: first?.id, quantity: 1 })
  })

  test('the last scans are listed, and are checked again by a touch', async () => {
    await page.reload()
    await heading(page, 'Nothing scanned yet').waitFor()
    await page
      .getByRole('button', { name: /^Check again: \(01\) 09506000134352 \(10\) LOT7/ })
      .first()
      .click()
    await heading(page, 'Recalled').waitFor()
  })

  test('an answer changes by itself when a recall comes in force, and is heard', async () => {
    await scanAtOnce(page, `01${gtin}10LOT8`)
    await heading(page, 'Not listed').waitFor()
    const before = await tones(page)
    await goods.recallLots([lot, 'LOT8'])
    await heading(page, 'Recalled').waitFor()
    expect(await tones(page)).toBe(before + 3)
    await goods.recallLots([lot])
    await heading(page, 'Not listed').waitFor()
  })

  test('a scanner is tried out once and remembered', async () => {
    await page.getByRole('link', { name: 'Keyboard scanner' }).click()
    await heading(page, 'Not tried out yet').waitFor()
    await scanAtOnce(page, ']d2010950600013435210aZ-9_y217/Q')
    await page.getByText('This scanner leaves the separator out').waitFor()
    await scanAtOnce(page, '010950600013435210aZ-9_y|217/Q')
    await page.getByText('This scanner is ready').waitFor()
    await page.getByText('Sent as |; it is put right').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Check goods' }).click()
    await heading(page, 'Nothing scanned yet').waitFor()
    const asked = page.waitForRequest('**/api/recalls/check')
    await scanAtOnce(page, `01${gtin}10LOT9|2112`)
    expect((await asked).postData()).toContain('LOT9\\u001d2112')
  })

  test.each(['light', 'dark', 'contrast'])('axe finds nothing in %s', async (theme) => {
    const look = JSON.stringify({ theme, density: 'comfortable' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), look)
    await page.reload()
    await heading(page, 'Nothing scanned yet').waitFor()
    const found: string[] = []
    const judge = async (name: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name} ${id}: ${html}`)))
    }
    await judge('empty')
    for (const [text, word] of [
      [`]E0${ean}`, 'May be recalled'],
      ['no code at all', 'Cannot be checked'],
      [`01${gtin}10LOT9`, 'Not listed'],
      [`01${gtin}10${lot}`, 'Recalled'],
    ] as const) {
      await scanAtOnce(page, text)
      await heading(page, word).waitFor()
      await judge(word)
    }
    await page.getByRole('button', { name: 'Destroyed' }).click()
    await judge('an action')
    await page.getByRole('link', { name: 'Keyboard scanner' }).click()
    await page.getByText('This scanner is ready').waitFor()
    await judge('the scanner')
    await page.getByRole('main').getByRole('link', { name: 'Check goods' }).click()
    expect(found).toEqual([])
  })

  test('nothing runs over the side of a telephone, and the answer is in sight', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    const look = JSON.stringify({ theme: 'light', density: 'touch' })
    await page.evaluate((value) => localStorage.setItem('qrscan.appearance', value), look)
    await page.reload()
    for (const text of [`]E0${ean}`, `01${gtin}10${lot}`]) {
      await scanAtOnce(page, text)
      await page.getByRole('button', { name: 'Next item' }).scrollIntoViewIfNeeded()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    }
    await scanAtOnce(page, '010950600013435210LOT9')
    await heading(page, 'Not listed').waitFor()
    await expect
      .poll(() =>
        heading(page, 'Not listed')
          .boundingBox()
          .then((box) => box?.y ?? -1),
      )
      .toBeGreaterThan(0)
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})

describe.skipIf(noBrowser !== undefined)('a machine without a camera', { timeout }, () => {
  test('says so, and what goes without it', async () => {
    await using open = await openPage()
    await open.page.getByRole('link', { name: 'Check goods' }).first().click()
    await open.page.getByRole('button', { name: 'Scan with the camera' }).click()
    await open.page.getByText(/There is no camera|The camera is not allowed here/).waitFor()
    expect(open.faults).toEqual([])
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

function tones(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Counted).tones)
}

/** From a frame to its verdict on the page, in ms, as the page itself took it. */
function times(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    performance.getEntriesByName('field.frame-to-verdict').map(({ duration }) => duration),
  )
}
