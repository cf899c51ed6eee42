import { visibleText, type PdfFonts, type Run } from './pdf-fonts.ts'

export interface TextStyle {
  size: number
  isBold?: boolean
  color?: string
  isStruck?: boolean
  align?: 'left' | 'right'
}

/** Words, and what may be broken anywhere: Chinese, Japanese and Korean have no blanks between words. */
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|\s+/gu

/** Text in any script within a width, line by line, so that a page may end after any of them. */
export class PdfText {
  readonly #pdf: PDFKit.PDFDocument
  readonly #fonts: PdfFonts

  constructor(pdf: PDFKit.PDFDocument, fonts: PdfFonts) {
    this.#pdf = pdf
    this.#fonts = fonts
  }

  /** The lines that a text takes, at least one. Hidden characters are written out. */
  lines(text: string, width: number, style: TextStyle): string[] {
    return visibleText(text)
      .split('\n')
      .flatMap((paragraph) => this.#wrap(paragraph, width, style))
  }

  /** Writes one line with its baseline at `y`. */
  draw(line: string, { x, y, width }: { x: number; y: number; width: number }, style: TextStyle): void {
    const runs = this.#fonts.runsOf(line, style.isBold ?? false)
    const total = this.#widthOfRuns(runs, style)
    let at = style.align === 'right' ? x + width - total : x
    const from = at
    this.#pdf.fillColor(style.color ?? 'black')
    for (const run of runs) {
      this.#pdf.font(run.font).fontSize(style.size)
      this.#pdf.text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic', ...featuresOf(run) })
      at += this.#widthOfRun(run, style)
    }
    if (style.isStruck && total > 0) {
      const middle = y - style.size * 0.27
      this.#pdf
        .moveTo(from, middle)
        .lineTo(at, middle)
        .lineWidth(0.6)
        .stroke(style.color ?? 'black')
    }
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

  #widthOfRun(run: Run, { size }: TextStyle): number {
    return this.#pdf.font(run.font).fontSize(size).widthOfString(run.text, featuresOf(run))
  }
}

/** With features named, even none, a run is laid out whole: its words then stand from right to left. */
function featuresOf({ isRightToLeft }: Run): { features?: [] } {
  return isRightToLeft ? { features: [] } : {}
}
