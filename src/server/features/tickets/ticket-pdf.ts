import PdfDocument from 'pdfkit'
import { loadImage } from '@napi-rs/canvas'
import type { TicketPress } from './encode-ticket.ts'
import type { Layout } from './layout.ts'
import type { PrinterProfile } from './profile.ts'
import { ticketPng } from './ticket-png.ts'
import { ticketText } from './ticket-text.ts'

const pointsPerMm = 72 / 25.4
/** Of a thermal head. */
const dotsPerMm = 8

/**
 * A ticket as a page of the paper's width and as long as it needs. What is seen is the paper itself, dot for dot, from
 * the bytes that go to the printer; the words lie beneath it, so that they can be found and copied. The same ticket
 * gives the same bytes.
 */
export async function ticketPdf(
  bytes: Buffer,
  layout: Layout,
  profile: PrinterProfile,
  press: TicketPress,
): Promise<Buffer> {
  const png = ticketPng(bytes, profile, press)
  const picture = await loadImage(png)
  const scale = pointsPerMm / dotsPerMm
  const size: [number, number] = [
    Math.max(profile.widthMm * pointsPerMm, picture.width * scale),
    picture.height * scale,
  ]
  const pdf = new PdfDocument({ size, margin: 0, info: { CreationDate: new Date(0) }, compress: true })
  const done = collect(pdf)
  writeHiddenText(pdf, ticketText(layout), size[1])
  pdf.image(png, (size[0] - picture.width * scale) / 2, 0, { width: picture.width * scale })
  pdf.end()
  return done
}

/** Under the picture, in the standard font: words in Latin letters; the picture covers it. */
function writeHiddenText(pdf: PDFKit.PDFDocument, text: string, height: number): void {
  const lines = text.split('\n').map((line) => line.trim())
  const room = height / Math.max(lines.length, 1)
  pdf
    .font('Courier')
    .fontSize(Math.min(6, room * 0.8))
    .fillColor('white')
  for (const [at, line] of lines.entries()) {
    const latin = line.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff\u20ac]/g, '?')
    if (latin !== '') pdf.text(latin, 4, at * room, { lineBreak: false })
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
