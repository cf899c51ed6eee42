import PdfDocument from 'pdfkit'
import { textPath } from './glyph-paths.ts'
import type { LabelDrawing } from './label-drawing.ts'

const pointsPerMm = 72 / 25.4

/** A label as a page of its own size. Its words lie beneath what is drawn, so that they can be found and copied. */
export function writePdf({ moduleMm, width, height, bars, texts, title }: LabelDrawing): Promise<Buffer> {
  const scale = moduleMm * pointsPerMm
  const pdf = new PdfDocument({
    size: [width * scale, height * scale],
    margin: 0,
    // The same label gives the same bytes.
    info: { CreationDate: new Date(0), Title: title },
  })
  const done = collect(pdf)
  pdf.font('Courier').fontSize(2).fillColor('white').text(title, 0, 0, { lineBreak: false })
  pdf.scale(scale).fillColor('black')
  for (const bar of bars) pdf.rect(bar.x, bar.y, bar.width, bar.height)
  pdf.fill()
  for (const text of texts) {
    const path = textPath(text)
    if (path !== '') pdf.path(path).fill()
  }
  pdf.end()
  return done
}

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
  })
}
