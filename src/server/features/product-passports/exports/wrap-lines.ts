import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

/** Families of canvas's `font` that hold the characters of a text: `"noto-sans-latin", "noto-sans-thai"`. */
export type FamiliesFor = (text: string, bold: boolean) => string

export interface TextStyle {
  size: number
  bold?: boolean
  color?: string
}

/** A stretch of a line in one font, as canvas's `font` names it. */
interface TextRun {
  text: string
  font: string
  width: number
}

interface TextLine {
  runs: TextRun[]
  width: number
}

/** Lines that fit a width. */
export interface TextBlock {
  lines: TextLine[]
  size: number
  color: string
  height: number
}

export const lineHeight = 1.4
/** Letters that are spaced, however little, are not drawn as one: "fi" as one sign is found by no search. */
export const noLigatures = '0.001px'

/** What must not reach a page: controls, and marks that turn what follows around. */
const dropped = /[\0-\t\v-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
/** Blanks, marks and joiners take the font of what stands before them. */
const needsNoFont = /^[\s\p{Mark}\p{Join_Control}\p{Variation_Selector}]$/u

/** A text as a page may hold it. */
export function printable(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\t', ' ').replaceAll(dropped, '')
}

/** Breaks texts into lines, at blanks where there are some. One for a document. */
export class LineBreaker {
  readonly #context: SKRSContext2D = createCanvas(1, 1).getContext('2d')
  readonly #familiesFor: FamiliesFor
  readonly #families = new Map<string, string>()
  readonly #widths = new Map<string, number>()

  constructor(familiesFor: FamiliesFor) {
    this.#context.letterSpacing = noLigatures
    this.#familiesFor = familiesFor
  }

  wrap(text: string, width: number, style: TextStyle): TextBlock {
    const { size, color = '#000' } = style
    const lines = printable(text)
      .split('\n')
      .flatMap((line) => this.#breakLine(line.trimEnd(), width, style))
    return { lines, size, color, height: lines.length * size * lineHeight }
  }

  #breakLine(line: string, room: number, style: TextStyle): TextLine[] {
    // Letters are wider than a point: a long text need not be measured to be too long.
    const fits = (text: string): boolean =>
      text.length <= room && this.#lineOf(text.trimEnd(), style).width <= room
    const lines: string[] = []
    let open = ''
    for (const word of line.split(/(?<= )/)) {
      if (fits(open + word)) {
        open += word
        continue
      }
      if (open !== '') lines.push(open)
      open = word
      while (!fits(open)) {
        const end = fitting(open, fits)
        lines.push(open.slice(0, end))
        open = open.slice(end)
      }
    }
    return [...lines, open].map((text) => this.#lineOf(text.trimEnd(), style))
  }

  /** In runs of one family each: given several, Skia takes some letters from one that lacks them. */
  #lineOf(text: string, { size, bold = false }: TextStyle): TextLine {
    const runs: TextRun[] = []
    for (const sign of text) {
      const last = runs.at(-1)
      const family = needsNoFont.test(sign) ? undefined : this.#familyOf(sign, bold)
      const font = `${bold ? 'bold ' : ''}${size}px ${family ?? 'sans-serif'}`
      if (last && (family === undefined || last.font === font)) last.text += sign
      else runs.push({ text: sign, font, width: 0 })
    }
    for (const run of runs) {
      run.width = this.#widthOf(run)
    }
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) }
  }

  /** Scripts of thousands of signs change fonts with nearly every one: short runs come again and again. */
  #widthOf({ text, font }: TextRun): number {
    const key = `${font}\n${text}`
    const known = this.#widths.get(key)
    if (known !== undefined) return known
    if (this.#context.font !== font) this.#context.font = font
    const { width } = this.#context.measureText(text)
    if (text.length <= 4) this.#widths.set(key, width)
    return width
  }

  #familyOf(sign: string, bold: boolean): string {
    const key = `${bold ? 'b' : ''}${sign}`
    const known = this.#families.get(key) ?? (this.#familiesFor(sign, bold) || 'sans-serif')
    this.#families.set(key, known)
    return known
  }
}

/** How many code units of a long word fit, one character at least and none cut in two. */
function fitting(word: string, fits: (part: string) => boolean): number {
  let least = 1
  let most = 2
  while (most < word.length && fits(word.slice(0, most))) [least, most] = [most, most * 2]
  most = Math.min(most, word.length)
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(word.slice(0, middle))) least = middle
    else most = middle - 1
  }
  if (!/[\ud800-\udbff]/.test(word[least - 1] ?? '')) return least
  return least > 1 ? least - 1 : 2
}
