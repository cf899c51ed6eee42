import PdfDocument from 'pdfkit'
import { PdfFonts } from './pdf-fonts.ts'
import { PdfText, type TextStyle } from './pdf-text.ts'

/** A4 in points. */
const [pageWidth, pageHeight] = [595.28, 841.89]
const margin = 42
const footerRoom = 34
export const contentWidth = pageWidth - 2 * margin

/** A strip of a page that is never torn apart. */
interface Band {
  height: number
  draw(y: number): void
}

export interface Column {
  width: number
  style: TextStyle
}

/** A report in pages: what is added flows on, a group stays together where a page can hold it. */
export class PdfPages {
  readonly #pdf: PDFKit.PDFDocument
  readonly #text: PdfText
  readonly #done: Promise<Buffer>
  readonly #bottom = pageHeight - margin - footerRoom
  #y = margin
  /** Drawn again at the top of each page while a table runs. */
  #repeated: Band[] = []

  constructor(info: { Title: string; CreationDate: Date }, fontDir: string) {
    this.#pdf = new PdfDocument({
      size: [pageWidth, pageHeight],
      margin: 0,
      bufferPages: true,
      info,
      lang: 'en',
    })
    this.#done = collect(this.#pdf)
    this.#text = new PdfText(this.#pdf, new PdfFonts(this.#pdf, fontDir))
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
      draw: (y) => {
        let x = margin + indent
        for (const [at, { width, style }] of columns.entries()) {
          const line = lines[at]?.[index] ?? ''
          if (line !== '') this.#text.draw(line, { x, y: y + height * 0.76, width: width - gap }, style)
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
        draw: (y) =>
          this.#pdf
            .moveTo(margin, y + 2)
            .lineTo(pageWidth - margin, y + 2)
            .lineWidth(weight)
            .stroke(color),
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
        draw: (y) => {
          this.#pdf.rect(margin, y, contentWidth, height).fill(color)
          for (const [at, line] of lines.entries())
            this.#text.draw(line, { x: margin + 10, y: y + 17 + at * 15, width: contentWidth - 20 }, style)
        },
      },
    ]
  }

  add(...bands: Band[]): void {
    const whole = bands.reduce((sum, { height }) => sum + height, 0)
    if (whole > this.#bottom - this.#y && whole <= this.#bottom - margin) this.#nextPage()
    for (const band of bands) {
      if (this.#y + band.height > this.#bottom) this.#nextPage()
      band.draw(this.#y)
      this.#y += band.height
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

  #nextPage(): void {
    this.#pdf.addPage()
    this.#y = margin
    for (const band of this.#repeated) {
      band.draw(this.#y)
      this.#y += band.height
    }
  }

  /** Numbers the pages and gives the file. */
  async finish(footer: string): Promise<Buffer> {
    const { start, count } = this.#pdf.bufferedPageRange()
    const style: TextStyle = { size: 7, color: '#555555' }
    for (let page = start; page < start + count; page += 1) {
      this.#pdf.switchToPage(page)
      const y = pageHeight - margin
      this.#text.draw(footer, { x: margin, y, width: contentWidth - 70 }, style)
      const number = `Page ${page - start + 1} of ${count}`
      this.#text.draw(number, { x: margin, y, width: contentWidth }, { ...style, align: 'right' })
    }
    this.#pdf.end()
    return this.#done
  }
}

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
  })
}
