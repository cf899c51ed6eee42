import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelSymbol } from '#contract/product-passports.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { drawLabel } from '#server/features/labels/draw-label.ts'
import type { LabelSubject } from '#server/features/labels/label-content.ts'
import {
  makeLabel,
  makeLabels,
  type LabelFile,
  type LabelFormat,
} from '#server/features/labels/make-labels.ts'
import { rasterise, readWithZbar, readWithZxing, textOfPdf } from './read-label.ts'

const formats: readonly LabelFormat[] = ['label_svg', 'label_png', 'label_pdf']

const plain: LabelSubject = {
  gtin: '09506000134376',
  lot: 'ABC123',
  serial: '12345',
  digital_link: 'https://id.gs1.org/01/09506000134376/10/ABC123/21/12345',
}
/** As long as GS1 allows, in every character that means something to some format. */
const hostile: LabelSubject = {
  gtin: '09506000134376',
  lot: '</svg><&"\'%!(10)*;=?',
  serial: '(21)9_:+,-./FNC1',
  digital_link: 'https://id.gs1.org/01/09506000134376/10/%3C%2Fsvg%3E%3C%26%22%27%25!(10)*%3B%3D%3F',
}

async function label(subject: LabelSubject, symbol: LabelSymbol, format: LabelFormat): Promise<LabelFile> {
  const file = await makeLabel(subject, symbol, format)
  if (!file) throw new Error(`There is no ${symbol} of it.`)
  return file
}

const gs1Data = ({ gtin, lot, serial }: LabelSubject): string => `01${gtin}10${lot}\u001d21${serial}`

describe('a label', () => {
  it.each(formats)('with a GS1 DataMatrix is read as what the passport says: %s', async (format) => {
    for (const subject of [plain, hostile]) {
      const png = await rasterise(await label(subject, 'gs1_datamatrix', format))
      expect(await readWithZxing(png)).toEqual([{ identifier: ']d2', content: gs1Data(subject) }])
    }
  })

  it.each(formats)('with a QR Digital Link is read as that link by two readers: %s', async (format) => {
    for (const subject of [plain, hostile]) {
      const png = await rasterise(await label(subject, 'qr_digital_link', format))
      expect(await readWithZxing(png)).toEqual([{ identifier: ']Q1', content: subject.digital_link }])
      expect(readWithZbar(png)).toEqual([subject.digital_link])
    }
  })

  it.each(formats)(
    'with GS1-128 is read whole, spread over symbols when one is too short: %s',
    async (format) => {
      const short = await rasterise(await label({ ...plain, serial: null }, 'gs1_128', format))
      expect(await readWithZxing(short)).toEqual([{ identifier: ']C1', content: '010950600013437610ABC123' }])
      expect(readWithZbar(short)).toEqual(['010950600013437610ABC123'])
      const long = await rasterise(await label(hostile, 'gs1_128', format))
      const parts = ['0109506000134376', `10${hostile.lot}`, `21${hostile.serial}`]
      expect(await readWithZxing(long)).toEqual(parts.map((content) => ({ identifier: ']C1', content })))
      expect(readWithZbar(long)).toEqual(parts.toSorted())
    },
  )

  it.each(formats)('with an EAN is read as the GTIN in the form it has: %s', async (format) => {
    const goods = [
      ['09506000134376', ']E0', '9506000134376'],
      ['00000095012346', ']E4', '95012346'],
      ['00614141999996', ']E0', '0614141999996'],
    ] as const
    for (const [gtin, identifier, content] of goods) {
      const png = await rasterise(await label({ ...plain, gtin }, 'ean', format))
      expect(await readWithZxing(png)).toEqual([{ identifier, content }])
      expect(readWithZbar(png)).toEqual([content])
    }
  })

  it('has no EAN for a GTIN-14 of a case, which only the others can carry', async () => {
    const files = await makeLabels({ ...plain, gtin: '19506000134373' })
    const symbols = [...new Set(files.map(({ symbol }) => symbol))]
    expect(symbols).toEqual(['gs1_datamatrix', 'qr_digital_link', 'gs1_128'])
    expect(await makeLabel({ ...plain, gtin: '19506000134373' }, 'ean', 'label_svg')).toBeUndefined()
  })
})

describe('what a scanner makes of a label', () => {
  const validate = makeGs1Engine(readBuiltInDictionary())
  const whole = '(01)09506000134376(10)ABC123(21)12345'
  const symbols: readonly LabelSymbol[] = ['gs1_datamatrix', 'qr_digital_link', 'gs1_128', 'ean']

  it.each(symbols)('is the passport’s own element string: %s', async (symbol) => {
    for (const format of formats) {
      const codes = await readWithZxing(await rasterise(await label(plain, symbol, format)))
      const result = validate(codes.map(({ identifier, content }) => identifier + content))
      expect([format, result.valid, result.gtin]).toEqual([format, true, plain.gtin])
      // An EAN alone is a GTIN, and no element string.
      if (symbol !== 'ean') expect(result.element_string).toBe(whole)
    }
  })

  it('is it for several symbols of one item, judged together', async () => {
    const subject = { ...plain, lot: 'LOT-OF-TWENTY-LETTER', serial: 'SERIAL-OF-TWENTY-LET' }
    const codes = await readWithZxing((await label(subject, 'gs1_128', 'label_png')).body)
    expect(codes.length).toBeGreaterThan(1)
    const result = validate(codes.map(({ identifier, content }) => identifier + content))
    expect([result.valid, result.element_string]).toEqual([
      true,
      `(01)${subject.gtin}(10)${subject.lot}(21)${subject.serial}`,
    ])
  })
})

describe('any lot and serial number that GS1 allows', () => {
  const letter = fc.constantFrom(
    ...Array.from('!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'),
  )
  const value = fc.string({ unit: letter, minLength: 1, maxLength: 20 })

  it('is read back to the letter from DataMatrix and GS1-128', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (lot, serial) => {
        const subject = { ...plain, lot, serial }
        const matrix = await label(subject, 'gs1_datamatrix', 'label_png')
        expect(await readWithZxing(matrix.body)).toEqual([{ identifier: ']d2', content: gs1Data(subject) }])
        const bars = await readWithZxing((await label(subject, 'gs1_128', 'label_png')).body)
        expect(joinCarriers(bars.map(({ content }) => content))).toEqual(gs1Data(subject))
      }),
      { numRuns: 12 },
    )
  })
})

/** Symbols of one item say together what one of them would say alone. */
function joinCarriers(contents: readonly string[]): string {
  return contents.reduce((all, next) => all + (all.length > 16 ? '\u001d' : '') + next)
}

describe('a lot that GS1 has no characters for', () => {
  it('is on no label but the EAN, which says the GTIN alone', async () => {
    for (const lot of ['Größe', '批次', 'A B', 'A^FNC1', 'x'.repeat(21)]) {
      const files = await makeLabels({ ...plain, lot })
      expect([lot, new Set(files.map(({ symbol }) => symbol))]).toEqual([lot, new Set(['ean'])])
    }
  })
})

describe('the files of labels', () => {
  it('are one a symbol and format, with names that every system takes', async () => {
    const files = await makeLabels(hostile)
    expect(files).toHaveLength(12)
    for (const { filename } of files) expect(filename).toMatch(/^[\w-]+\.(?:svg|png|pdf)$/)
    expect(new Set(files.map(({ filename }) => filename)).size).toBe(12)
  })

  it('are the same bytes each time', async () => {
    const [first, second] = await Promise.all([makeLabels(plain), makeLabels(plain)])
    expect(first.map(({ body }) => body.toString('base64'))).toEqual(
      second.map(({ body }) => body.toString('base64')),
    )
  })

  it('say how large they are on paper, the same in all formats', async () => {
    for (const symbol of ['gs1_datamatrix', 'qr_digital_link', 'ean', 'gs1_128'] as const) {
      const [svg, png, pdf] = await Promise.all(formats.map((format) => label(plain, symbol, format)))
      const drawn = millimetresOfSvg(svg!.body)
      expect(millimetresOfPng(png!.body)).toBeCloseTo(drawn, 0)
      expect(millimetresOfPdf(pdf!.body)).toBeCloseTo(drawn, 1)
    }
  })

  it('have modules as wide as GS1 asks, and light around them', () => {
    const bars = (symbol: LabelSymbol) => {
      const drawing = drawLabel(plain, symbol)!
      const edges = drawing.bars.map(({ x, width }) => [x, drawing.width - x - width])
      const light = [Math.min(...edges.map(([left]) => left!)), Math.min(...edges.map(([, right]) => right!))]
      return { module: drawing.moduleMm, light }
    }
    const ean = bars('ean')
    expect(ean).toEqual({ module: 0.33, light: [11, 7] })
    const gs1128 = bars('gs1_128')
    expect(gs1128.module).toBe(0.495)
    expect(Math.min(...gs1128.light)).toBeGreaterThanOrEqual(10)
    for (const [symbol, quiet] of [
      ['gs1_datamatrix', 1],
      ['qr_digital_link', 4],
    ] as const) {
      const { module, light } = bars(symbol)
      expect(module).toBe(0.625)
      expect(Math.min(...light)).toBeGreaterThanOrEqual(quiet)
    }
  })

  it('keep hostile text out of the markup, and let it be found', async () => {
    const svg = (await label(hostile, 'gs1_datamatrix', 'label_svg')).body.toString()
    expect(svg.match(/<\/?[a-z]+/g)).toEqual([
      '<svg',
      '<title',
      '</title',
      '<rect',
      '<path',
      '<path',
      '</svg',
    ])
    const pdf = (await label(plain, 'gs1_datamatrix', 'label_pdf')).body
    expect(textOfPdf(pdf)).toBe('(01) 09506000134376 (10) ABC123 (21) 12345')
  })
})

function millimetresOfSvg(svg: Buffer): number {
  return Number(/width="([\d.]+)mm"/.exec(svg.toString())?.[1])
}

function millimetresOfPng(png: Buffer): number {
  const density = png.indexOf('pHYs') + 4
  return (png.readUInt32BE(16) / png.readUInt32BE(density)) * 1000
}

function millimetresOfPdf(pdf: Buffer): number {
  const width = /\/MediaBox \[0 0 ([\d.]+)/.exec(pdf.toString('latin1'))?.[1]
  return (Number(width) / 72) * 25.4
}
