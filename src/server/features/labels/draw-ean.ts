import { encodeBars, standBars, widthOf } from './encode-symbols.ts'
import { ocrB, stack, type DrawnText, type LabelDrawing } from './label-drawing.ts'

/** GS1 General Specifications, EAN/UPC at 100 %: lengths in millimetres. */
const moduleMm = 0.33
const digitSize = 7 / ocrB.advance

interface EanForm {
  bcid: 'ean13' | 'ean8'
  digits: string
  heightMm: number
  /** Light to the left and right, in modules. */
  quiet: readonly [number, number]
  /** Bars that reach down between the digits, by number. */
  long: readonly number[]
  /** Where each group of digits begins, in modules from the first bar, and which digits it is. */
  groups: readonly { at: number; from: number; to: number }[]
}

const ean13Groups = [
  { at: -9, from: 0, to: 1 },
  { at: 3, from: 1, to: 7 },
  { at: 50, from: 7, to: 13 },
]
/** A UPC-A's first and last digit stand beside the bars. */
const upcAGroups = [
  { at: -9, from: 0, to: 1 },
  { at: 10, from: 1, to: 6 },
  { at: 50, from: 6, to: 11 },
  { at: 97, from: 11, to: 12 },
]

/** EAN-13, EAN-8 or UPC-A, whichever the GTIN is; undefined for a GTIN-14 of its own, which has none of them. */
export function drawEan(gtin: string): LabelDrawing | undefined {
  const form = formOf(gtin)
  if (!form) return undefined
  const sbs = encodeBars(form.bcid, form.bcid === 'ean8' ? gtin.slice(6) : gtin.slice(1))
  const [left, right] = form.quiet
  const height = form.heightMm / moduleMm
  const bars = standBars(sbs, left, height).map((bar, index) =>
    form.long.includes(index) ? { ...bar, height: height + 5 } : bar,
  )
  const texts = form.groups.flatMap((group) => digitsOf(form, group, left, height))
  const block = { width: widthOf(sbs) + left + right, height: height + 11, bars, texts }
  return stack(moduleMm, form.digits, [{ block, lines: [] }])
}

function formOf(gtin: string): EanForm | undefined {
  if (!gtin.startsWith('0')) return undefined
  if (gtin.startsWith('000000')) {
    const groups = [
      { at: 3, from: 0, to: 4 },
      { at: 36, from: 4, to: 8 },
    ]
    const long = [0, 1, 10, 11, 20, 21]
    return { bcid: 'ean8', digits: gtin.slice(6), heightMm: 18.23, quiet: [7, 7], long, groups }
  }
  const common = { bcid: 'ean13', heightMm: 22.85 } as const
  if (gtin.startsWith('00')) {
    const long = [0, 1, 2, 3, 14, 15, 26, 27, 28, 29]
    return { ...common, digits: gtin.slice(2), quiet: [11, 11], long, groups: upcAGroups }
  }
  const long = [0, 1, 14, 15, 28, 29]
  return { ...common, digits: gtin.slice(1), quiet: [11, 7], long, groups: ean13Groups }
}

/** Every digit over the seven modules that say it. */
function digitsOf(
  { digits }: EanForm,
  { at, from, to }: EanForm['groups'][number],
  left: number,
  height: number,
): DrawnText[] {
  const y = height + 1.5 + digitSize * ocrB.capital
  return Array.from(digits.slice(from, to), (text, index) => {
    return { text, x: left + at + index * 7 + 3.5, y, size: digitSize }
  })
}
