import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SheetLayout } from '#contract/export-bundles.ts'
import { makeConfig } from '#server/entry-config.ts'
import { drawSheetSvg } from '#server/features/exports/draw-sheet-svg.ts'
import { LabelFonts } from '#server/features/exports/label-fonts.ts'
import { readLogo } from '#server/code-files/logo-picture.ts'
import { layOutLabel, type SheetItem } from '#server/features/exports/sheet-label.ts'
import { placeOf, planSheets, type SheetPlan } from '#server/features/exports/sheet-layout.ts'
import { layOutPage, type SheetPage } from '#server/features/exports/sheet-page.ts'
import { SheetPdf } from '#server/features/exports/write-sheet-pdf.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { noQpdf, qpdfFaults } from '#test/support/judge-pdf.ts'

const hasPoppler = spawnSync('pdftoppm', ['-v']).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'qrscan-sheets-'))
const fonts = new LabelFonts(makeConfig({ dataDir: folder }).fontDir)
const dpi = 300

const captions = [
  'Table 12',
  'مرحبا بالعالم 42',
  'שלום (עולם)',
  '你好，世界',
  'A caption that is far too long for any label that it could be on, so that it is cut',
  'नमस्ते',
  '<b>&"\u202e\u0000',
]

const looks: SheetItem['style'][] = [
  { shape: 'dot', finder: 'circle' },
  { shape: 'rounded', finder: 'rounded', finder_colour: '#a02010' },
  { shape: 'square', finder: 'circle', foreground: '#102060', background: '#fff4e0' },
  { shape: 'rounded' },
  { finder: 'rounded', ecc: 'H' },
]

function plainItemAt(index: number): SheetItem {
  return {
    text: `https://qrscan.ink/r/label-${index}`,
    caption: captions[index % captions.length]!,
    style: {},
  }
}

function lookingItemAt(index: number): SheetItem {
  return { ...plainItemAt(index), style: looks[index % looks.length]! }
}

function pagesOf(
  layout: SheetLayout,
  codes: number,
  itemAt = plainItemAt,
): { plan: SheetPlan; pages: SheetPage[] } {
  const plan = planSheets(layout, codes)
  const maker = { stock: plan.stock, layout, fonts }
  const pages = Array.from({ length: plan.pages }, (_, page) =>
    layOutPage(plan, layout, page, (index) => layOutLabel(maker, itemAt(index), index)),
  )
  return { plan, pages }
}

function pdfOf(pages: readonly SheetPage[]): Buffer {
  const parts: Buffer[] = []
  const pdf = new SheetPdf((bytes) => parts.push(bytes))
  for (const page of pages) pdf.add(page)
  pdf.end('Labels')
  return Buffer.concat(parts)
}

/** What stands on each label of a page's picture, which is `scale` pixels a millimetre; null where nothing is read. */
async function readLabels(png: Buffer, { stock }: SheetPlan, count: number, scale: number) {
  const picture = await loadImage(png)
  const found: (string | null)[] = []
  for (let index = 0; index < count; index++) {
    const { x, y } = placeOf(stock, index)
    const [width, height] = [stock.label_width * scale, stock.label_height * scale]
    const canvas = createCanvas(Math.round(width), Math.round(height))
    canvas.getContext('2d').drawImage(picture, x * scale, y * scale, width, height, 0, 0, width, height)
    found.push((await readCodes(canvas.toBuffer('image/png')))[0] ?? null)
  }
  return found
}

/** The preview as a picture of so many pixels a millimetre. */
async function rasterOf(page: SheetPage, scale: number): Promise<Buffer> {
  const [width, height] = [page.plan.stock.width * scale, page.plan.stock.height * scale]
  const svg = drawSheetSvg(page).replace(
    /width="[\d.]+mm" height="[\d.]+mm"/,
    `width="${width}" height="${height}"`,
  )
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').drawImage(await loadImage(Buffer.from(svg)), 0, 0)
  return canvas.toBuffer('image/png')
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const layouts: [string, SheetLayout, number][] = [
  ['with all there is', { stock: 'avery-l7160', cut_marks: true, outlines: true }, 21],
  ['of square labels', { stock: 'avery-l7120', sequence: { prefix: 'No. ', from: 7, digits: 4 } }, 35],
  ['of the smallest labels', { stock: 'avery-l4731', caption: 'none' }, 189],
  ['in inches', { stock: 'avery-22805' }, 24],
]

describe.skipIf(noQpdf !== undefined)(
  'a PDF of labels (qpdf judges it; skipped where it is not installed)',
  () => {
    it.each(layouts)('%s is sound', (_, layout, perPage) => {
      expect(qpdfFaults(pdfOf(pagesOf(layout, perPage + 3).pages))).toBe('')
      const cut = Buffer.from(pdfOf(pagesOf(layout, 1).pages)).subarray(0, -40)
      expect(qpdfFaults(cut)).not.toBe('')
    })
  },
)

describe.skipIf(!hasPoppler)('a PDF of labels (pdftoppm draws it; skipped where it is not installed)', () => {
  describe.each(layouts)('%s', (_, layout, perPage) => {
    const count = perPage + 3
    const { plan, pages } = pagesOf(layout, count)
    const path = join(folder, `${layout.stock}.pdf`)
    beforeAll(() => writeFileSync(path, pdfOf(pages)))

    it('has pages of the paper’s size, as many as are needed', () => {
      const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
      const size = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info)!
      expect(Number(size[1])).toBeCloseTo((plan.stock.width * 72) / 25.4, 1)
      expect(Number(size[2])).toBeCloseTo((plan.stock.height * 72) / 25.4, 1)
      expect(info).toMatch(/Pages:\s+2\b/)
    })

    it('has the right code on every label, inside of its edges', async () => {
      execFileSync('pdftoppm', ['-r', String(dpi), '-png', '-f', '1', '-l', '1', path, path])
      const png = readFileSync(`${path}-1.png`)
      const found = await readLabels(png, plan, perPage, dpi / 25.4)
      expect(found).toEqual(Array.from({ length: perPage }, (_, index) => plainItemAt(index).text))
    })
  })

  it('holds its words as text in every script', () => {
    const path = join(folder, 'avery-l7160.pdf')
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })
    for (const word of ['Table 12', '你好，世界', 'A caption', '…']) expect(text).toContain(word)
    expect(text).toMatch(/عالم|ملاع/)
  })

  it('has codes of every shape that are read', async () => {
    const { plan, pages } = pagesOf({ stock: 'avery-22806', bleed: 2 }, 12, lookingItemAt)
    const path = join(folder, 'shapes.pdf')
    writeFileSync(path, pdfOf(pages))
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', path, path])
    const found = await readLabels(readFileSync(`${path}-1.png`), plan, 12, dpi / 25.4)
    expect(found).toEqual(Array.from({ length: 12 }, (_, index) => plainItemAt(index).text))
  })

  it('has large codes whole, whose rows are longer than a word', async () => {
    const long = (index: number) => ({ ...plainItemAt(index), text: `${index}:${'Long words. '.repeat(60)}` })
    const { plan, pages } = pagesOf({ stock: 'a4-2x4', caption: 'none' }, 2, long)
    const path = join(folder, 'large.pdf')
    writeFileSync(path, pdfOf(pages))
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', path, path])
    const found = await readLabels(readFileSync(`${path}-1.png`), plan, 2, dpi / 25.4)
    expect(found).toEqual([long(0).text, long(1).text])
  })

  it('has a logo in the middle of its codes, once in the file, and they are still read', async () => {
    const withLogo = await logoItems()
    const { plan, pages } = pagesOf({ stock: 'avery-22806' }, 24, withLogo)
    const path = join(folder, 'logo.pdf')
    const bytes = pdfOf(pages)
    writeFileSync(path, bytes)
    expect(bytes.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2)
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', '-l', '1', path, path])
    const png = readFileSync(`${path}-1.png`)
    expect(await colourOfFirstCode(png, plan, dpi / 25.4)).toBe('rgb 200 20 30')
    expect(await readLabels(png, plan, 12, dpi / 25.4)).toEqual(
      Array.from({ length: 12 }, (_, index) => plainItemAt(index).text),
    )
  })

  it('refuses a logo that is no picture, with what to do', async () => {
    await expect(readLogo('data:image/svg+xml;base64,AAAA')).rejects.toThrow('Choose another picture')
    await expect(readLogo('data:image/png;base64,AAAA')).rejects.toThrow('Choose another picture')
  })

  it('is clean for those who report what they mend', () => {
    for (const [, { stock }] of layouts) {
      const { stderr } = spawnSync('pdftotext', [join(folder, `${stock}.pdf`), '-'], { encoding: 'utf8' })
      expect(stderr).toBe('')
    }
  })

  it('is the same bytes for the same labels', () => {
    const [, layout, count] = layouts[1]!
    const make = () => pdfOf(pagesOf(layout, count).pages)
    expect(make().equals(make())).toBe(true)
  })
})

/** Items with a red disc for a logo, half of it to be seen through. */
async function logoItems(): Promise<(index: number) => SheetItem> {
  const canvas = createCanvas(60, 60)
  const context = canvas.getContext('2d')
  context.fillStyle = 'rgb(200 20 30)'
  context.arc(30, 30, 30, 0, 7)
  context.fill()
  const picture = await readLogo(`data:image/png;base64,${canvas.toBuffer('image/png').toString('base64')}`)
  return (index) => ({ ...plainItemAt(index), caption: null, style: { ecc: 'H' }, picture })
}

/** The colour in the very middle of the first label, where its code's middle is. */
async function colourOfFirstCode(png: Buffer, { stock }: SheetPlan, scale: number): Promise<string> {
  const canvas = createCanvas(1, 1)
  const context = canvas.getContext('2d')
  const { x, y } = placeOf(stock, 0)
  const [middleX, middleY] = [(x + stock.label_width / 2) * scale, (y + stock.label_height / 2) * scale]
  context.drawImage(await loadImage(png), middleX, middleY, 1, 1, 0, 0, 1, 1)
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
  return `rgb ${red} ${green} ${blue}`
}

const hasGhostscript = spawnSync('gs', ['-v']).error === undefined

describe.skipIf(!hasGhostscript)('the same PDF for Ghostscript (skipped where it is not installed)', () => {
  it('is without errors, and has the right code on every label', async () => {
    const { plan, pages } = pagesOf({ stock: 'avery-l7120', cut_marks: true, outlines: true }, 35)
    const [path, picture] = [join(folder, 'gs.pdf'), join(folder, 'gs.png')]
    writeFileSync(path, pdfOf(pages))
    const words = ['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pnggray', `-r${dpi}`, `-sOutputFile=${picture}`]
    const { stdout } = spawnSync('gs', [...words, path], { encoding: 'utf8' })
    expect(stdout).toBe('')
    const found = await readLabels(readFileSync(picture), plan, 35, dpi / 25.4)
    expect(found).toEqual(Array.from({ length: 35 }, (_, index) => plainItemAt(index).text))
  })
})

describe('the preview of a page', () => {
  it('shows the codes where the PDF has them', async () => {
    const [, layout, count] = layouts[0]!
    const { plan, pages } = pagesOf(layout, count)
    const found = await readLabels(await rasterOf(pages[0]!, 8), plan, count, 8)
    expect(found).toEqual(Array.from({ length: count }, (_, index) => plainItemAt(index).text))
  })

  it('shows every shape as it will be printed', async () => {
    const { plan, pages } = pagesOf({ stock: 'avery-22806' }, 12, lookingItemAt)
    const found = await readLabels(await rasterOf(pages[0]!, 8), plan, 12, 8)
    expect(found).toEqual(Array.from({ length: 12 }, (_, index) => plainItemAt(index).text))
  })

  it('has the logo in the middle of its codes too', async () => {
    const { pages } = pagesOf({ stock: 'avery-22806' }, 1, await logoItems())
    // What draws previews here loads no pictures inside of pictures; browsers do.
    const image =
      /<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" href="data:image\/png;base64,/
    const [x, y, width] = image.exec(drawSheetSvg(pages[0]!))!.slice(1).map(Number)
    const middle = pages[0]!.labels[0]!.drawing.code.size / 2
    expect([x! + width! / 2, y! + width! / 2]).toEqual([expect.closeTo(middle, 1), expect.closeTo(middle, 1)])
  })

  it('holds no word of a link as markup', () => {
    const { pages } = pagesOf({ stock: 'avery-l7160' }, 7)
    expect(drawSheetSvg(pages[0]!)).not.toContain('<b>')
    expect(drawSheetSvg(pages[0]!)).not.toContain('label-6')
  })

  it('refuses codes whose modules nobody could read, and says which', () => {
    const long = (): SheetItem => ({ text: 'x'.repeat(300), caption: null, style: {} })
    const layout: SheetLayout = { stock: 'avery-l4731' }
    const plan = planSheets(layout, 1)
    const maker = { stock: plan.stock, layout, fonts }
    expect(() => layOutLabel(maker, long(), 0)).toThrow(/modules of 0\.1\d mm/)
  })

  it('numbers copies of one label alike', () => {
    const layout: SheetLayout = {
      stock: 'avery-l7160',
      copies: 3,
      sequence: { prefix: '', from: 1, digits: 2 },
    }
    const { pages } = pagesOf(layout, 2)
    expect(new Set(pages[0]!.labels.map(({ drawing }) => drawing)).size).toBe(2)
    expect(pages[0]!.labels).toHaveLength(6)
  })
})
