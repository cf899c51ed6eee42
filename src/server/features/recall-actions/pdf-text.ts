import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { visibleText, type PdfFonts, type Run } from './pdf-fonts.ts'

export interface TextStyle {
  size: number
  isBold?: boolean
  color?: string
  isStruck?: boolean
  align?: 'left' | 'right'
}

/** Where a line goes, in points: its left end, its baseline, and the room that it has. */
interface LinePlace {
  x: number
  y: number
  width: number
}

/** Words, and what may be broken anywhere: Chinese, Japanese and Korean have no blanks between words. */
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|\s+/gu

/** Letters that are spaced, however little, are not drawn as one: "fi" as one sign is found by no search. */
const noLigatures = '0.001px'

/** Text in any script within a width, line by line, so that a page may end after any of them. */
export class PdfText {
  readonly #ruler: SKRSContext2D = createCanvas(1, 1).getContext('2d')
  readonly #fonts: PdfFonts
  /** Most of the work is measuring, and most words come again. */
  readonly #widths = new Map<string, number>()
  #rulerFont = ''

  constructor(fonts: PdfFonts) {
    this.#ruler.letterSpacing = noLigatures
    this.#fonts = fonts
  }

  /** The lines that a text takes, at least one. Hidden characters are written out. */
  lines(text: string, width: number, style: TextStyle): string[] {
    return visibleText(text)
      .split('\n')
      .flatMap((paragraph) => this.#wrap(paragraph, width, style))
  }

  /** Writes one line with its baseline at `y`. */
  draw(page: SKRSContext2D, line: string, at: LinePlace, style: TextStyle): void {
    const runs = this.#fonts.runsOf(line, style.isBold ?? false)
    const needsWidth = style.align === 'right' || style.isStruck || runs.length > 1
    const total = needsWidth ? this.#widthOfRuns(runs, style) : 0
    const from = style.align === 'right' ? at.x + at.width - total : at.x
    page.letterSpacing = noLigatures
    page.fillStyle = style.color ?? '#000000'
    let x = from
    for (const run of runs) {
      page.font = fontOf(run, style)
      page.fillText(run.text, x, at.y)
      if (runs.length > 1) x += this.#widthOfRun(run, style)
    }
    if (style.isStruck) page.fillRect(from, at.y - style.size * 0.3, total, 0.6)
  }

  #wrap(paragraph: string, width: number, style: TextStyle): string[] {
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const piece of (paragraph.match(pieces) ?? []).flatMap((one) => this.#split(one, width, style))) {
      const size = this.#widthOf(piece, style)
      if (used + size > width && line.trim() !== '') {
        lines.push(line.trimEnd())
        line = ''
        used = 0
      }
      if (line === '' && piece.trim() === '') continue
      line += piece
      used += size
    }
    return [...lines, line.trimEnd()]
  }

  /** A word that is wider than the line, in parts that are not. */
  #split(word: string, width: number, style: TextStyle): string[] {
    if (this.#widthOf(word, style) <= width) return [word]
    const parts: string[] = []
    let part = ''
    let used = 0
    for (const letter of word) {
      const size = this.#widthOf(letter, style)
      if (part !== '' && used + size > width) {
        parts.push(part)
        part = ''
        used = 0
      }
      part += letter
      used += size
    }
    return [...parts, part]
  }

  #widthOf(text: string, style: TextStyle): number {
    return this.#widthOfRuns(this.#fonts.runsOf(text, style.isBold ?? false), style)
  }

  #widthOfRuns(runs: readonly Run[], style: TextStyle): number {
    return runs.reduce((sum, run) => sum + this.#widthOfRun(run, style), 0)
  }

  #widthOfRun(run: Run, style: TextStyle): number {
    const font = fontOf(run, style)
    const key = `${font} ${run.text}`
    const known = this.#widths.get(key)
    if (known !== undefined) return known
    if (font !== this.#rulerFont) this.#ruler.font = this.#rulerFont = font
    const { width } = this.#ruler.measureText(run.text)
    if (this.#widths.size > 20_000) this.#widths.clear()
    this.#widths.set(key, width)
    return width
  }
}

function fontOf({ family }: Run, { size, isBold }: TextStyle): string {
  return `${isBold ? 'bold ' : ''}${size}px ${family || 'sans-serif'}`
}
