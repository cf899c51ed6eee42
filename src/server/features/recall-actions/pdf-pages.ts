import { setImmediate as letOthersIn } from 'node:timers/promises'
import { PDFDocument, type SKRSContext2D } from '@napi-rs/canvas'
import { PdfFonts, visibleText, type FamiliesFor } from './pdf-fonts.ts'
import { PdfText, type TextStyle } from './pdf-text.ts'

/** A4 in points. */
const [pageWidth, pageHeight] = [595.28, 841.89]
const margin = 42
const footerRoom = 34
export const contentWidth = pageWidth - 2 * margin

/** A strip of a page that is never torn apart. */
interface Band {
  height: number
  draw(page: SKRSContext2D, y: number): void
}

export interface Column {
  width: number
  style: TextStyle
}

/**
 * A report in pages: what is added flows on, a group stays together where a page can hold it. Drawn by Skia, which
 * reads the app's fonts and shapes every script.
 */
export class PdfPages {
  readonly #text: PdfText
  readonly #bottom = pageHeight - margin - footerRoom
  /** What stands on each page, at which height. */
  readonly #pages: { band: Band; y: number }[][] = [[]]
  #y = margin
  /** Drawn again at the top of each page while a table runs. */
  #repeated: Band[] = []

  constructor(familiesFor: FamiliesFor) {
    this.#text = new PdfText(new PdfFonts(familiesFor))
  }

  /** Bands of text over the whole width. */
  paragraph(text: string, style: TextStyle): Band[] {
    return this.row([text], [{ width: contentWidth, style }])
  }

  /** Cells beside each other, as high as the longest of them. */
  row(cells: readonly string[], columns: readonly Column[], indent = 0): Band[] {
    const gap = 8
    const lines = columns.map(({ width, style }, at) => this.#text.lines(cells[at] ?? '', width - gap, style))
    const height = Math.max(...columns.map(({ style }) => style.size)) * 1.38
    return Array.from({ length: Math.max(...lines.map((one) => one.length)) }, (_, index) => ({
      height,
      draw: (page, y) => {
        let x = margin + indent
        for (const [at, { width, style }] of columns.entries()) {
          const line = lines[at]?.[index] ?? ''
          if (line !== '') this.#text.draw(page, line, { x, y: y + height * 0.76, width: width - gap }, style)
          x += width
        }
      },
    }))
  }

  space(height: number): Band[] {
    return [{ height, draw: () => {} }]
  }

  rule(color = '#bbbbbb', weight = 0.5): Band[] {
    return [
      {
        height: 5,
        draw: (page, y) => {
          page.fillStyle = color
          page.fillRect(margin, y + 2, contentWidth, weight)
        },
      },
    ]
  }

  /** A coloured box with bold words in it: for what must not be overlooked. */
  banner(text: string, color: string): Band[] {
    const style = { size: 11, isBold: true, color: 'white' }
    const lines = this.#text.lines(text, contentWidth - 20, style)
    const height = lines.length * 15 + 12
    return [
      {
        height: height + 8,
        draw: (page, y) => {
          page.fillStyle = color
          page.fillRect(margin, y, contentWidth, height)
          for (const [at, line] of lines.entries())
            this.#text.draw(
              page,
              line,
              { x: margin + 10, y: y + 17 + at * 15, width: contentWidth - 20 },
              style,
            )
        },
      },
    ]
  }

  add(...bands: Band[]): void {
    const whole = bands.reduce((sum, { height }) => sum + height, 0)
    if (whole > this.#bottom - this.#y && whole <= this.#bottom - margin) this.#nextPage()
    for (const band of bands) {
      if (this.#y + band.height > this.#bottom) this.#nextPage()
      this.#put(band)
    }
  }

  /** The head of a table, and again on each page until `endTable`. */
  beginTable(...head: Band[]): void {
    this.add(...head)
    this.#repeated = head
  }

  endTable(): void {
    this.#repeated = []
  }

  #put(band: Band): void {
    this.#pages.at(-1)!.push({ band, y: this.#y })
    this.#y += band.height
  }

  #nextPage(): void {
    this.#pages.push([])
    this.#y = margin
    for (const band of this.#repeated) this.#put(band)
  }

  /** Numbers the pages and gives the file, as archives take it (PDF/A-2b). */
  async finish(title: string, footer: string): Promise<Buffer> {
    const pdf = new PDFDocument({ title: visibleText(title), creator: 'QRScan', pdfa: true })
    const style: TextStyle = { size: 7, color: '#555555' }
    const y = pageHeight - margin
    for (const [at, bands] of this.#pages.entries()) {
      // The package's types name the browser's context, which lacks what this one has.
      const page = pdf.beginPage(pageWidth, pageHeight) as SKRSContext2D
      for (const { band, y: top } of bands) band.draw(page, top)
      const number = `Page ${at + 1} of ${this.#pages.length}`
      this.#text.draw(page, footer, { x: margin, y, width: contentWidth - 70 }, style)
      this.#text.draw(page, number, { x: margin, y, width: contentWidth }, { ...style, align: 'right' })
      pdf.endPage()
      await letOthersIn()
    }
    return pdf.close()
  }
}
