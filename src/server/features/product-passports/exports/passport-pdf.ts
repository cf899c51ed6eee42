import { readFileSync } from 'node:fs'
import PdfDocument from 'pdfkit'
import type { ExportSubject } from './export-subject.ts'
import { passportSheet, type SheetRow } from './passport-sheet.ts'
import { PdfFonts } from './pdf-fonts.ts'
import { webUriOf } from './uris.ts'

const margin = 48
const pageWidth = 595.28
const pageHeight = 841.89
const width = pageWidth - 2 * margin
const labelWidth = 130
const valueLeft = margin + labelWidth + 12
const codeSize = 92
/** Below this a page has no room for another row. */
const foot = pageHeight - margin - 24

interface Sheet {
  pdf: PDFKit.PDFDocument
  fonts: PdfFonts
  /** Font files that this document has already. */
  known: Set<string>
}

interface Style {
  left: number
  width: number
  size: number
  weight?: 400 | 700
  color?: string
  link?: string | undefined
}

/**
 * The passport as sheets of A4: what everybody may see, with the goods' own codes. The same passport gives the same
 * bytes. `codes` are PNG pictures.
 */
export async function passportPdf(
  { passport, business }: ExportSubject,
  codes: readonly Buffer[],
  fontDir: string,
): Promise<Buffer> {
  const at = new Date(passport.updated_at)
  const pdf = new PdfDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: passport.name, Author: business.name, CreationDate: at, ModDate: at },
  })
  const done = collect(pdf)
  const sheet = { pdf, fonts: new PdfFonts(fontDir), known: new Set<string>() }
  const textWidth = width - codes.length * (codeSize + 12)
  codes.forEach((png, index) => {
    const left = pageWidth - margin - (codes.length - index) * (codeSize + 12) + 12
    pdf.image(png, left, margin, { fit: [codeSize, codeSize], align: 'center' })
  })
  pdf.y = margin
  write(sheet, 'Product passport', { left: margin, width: textWidth, size: 10, color: '#555' })
  write(sheet, passport.name, { left: margin, width: textWidth, size: 20, weight: 700 })
  write(sheet, business.name, { left: margin, width: textWidth, size: 10, color: '#555' })
  pdf.y = Math.max(pdf.y, codes.length > 0 ? margin + codeSize : 0) + 8
  for (const { title, rows } of passportSheet(passport, 'public')) {
    roomFor(pdf, 60)
    pdf.y += 10
    write(sheet, title, { left: margin, width, size: 12, weight: 700 })
    for (const row of rows) writeRow(sheet, row)
  }
  writeFeet(sheet, `${passport.gtin} · Revision ${passport.revision} · ${passport.updated_at.slice(0, 10)}`)
  pdf.end()
  return done
}

function writeRow(sheet: Sheet, { label, value, unit, href }: SheetRow): void {
  const { pdf } = sheet
  roomFor(pdf, 30)
  const top = pdf.y + 4
  pdf
    .moveTo(margin, top)
    .lineTo(margin + width, top)
    .lineWidth(0.5)
    .strokeColor('#bbb')
    .stroke()
  const page = pdf.bufferedPageRange().count
  pdf.y = top + 4
  write(sheet, label, { left: margin, width: labelWidth, size: 9, color: '#555' })
  const below = pdf.bufferedPageRange().count === page ? pdf.y : margin
  pdf.y = top + 4
  const text = unit === '' ? value : `${value} ${unit}`
  write(sheet, text, {
    left: valueLeft,
    width: pageWidth - margin - valueLeft,
    size: 9,
    link: webUriOf(href),
  })
  if (pdf.bufferedPageRange().count === page) pdf.y = Math.max(pdf.y, below)
}

/** Runs of several fonts in one paragraph; pdfkit breaks the lines and the pages. */
function write(sheet: Sheet, text: string, style: Style): void {
  const { pdf, fonts } = sheet
  const { left, width: room, size, weight = 400, color = '#000', link } = style
  const runs = fonts.runsOf(text, weight)
  pdf.fontSize(size).fillColor(color)
  runs.forEach((run, index) => {
    const options = { width: room, continued: index < runs.length - 1, ...(link && { link }) }
    useFont(sheet, run.font)
    if (index === 0) pdf.text(run.text, left, pdf.y, options)
    else pdf.text(run.text, options)
  })
}

/** Read here and not by pdfkit: in the packed app the file is inside an archive. */
function useFont({ pdf, known }: Sheet, file: string): void {
  if (!known.has(file)) pdf.registerFont(file, readFileSync(file))
  known.add(file)
  pdf.font(file)
}

function roomFor(pdf: PDFKit.PDFDocument, height: number): void {
  if (pdf.y + height > foot) pdf.addPage()
}

function writeFeet(sheet: Sheet, text: string): void {
  const { pdf } = sheet
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page)
    // Within the margin: there, text would make a new page.
    pdf.page.margins.bottom = 0
    pdf.y = pageHeight - margin + 8
    write(sheet, `${text} · ${page + 1}/${count}`, { left: margin, width, size: 8, color: '#555' })
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
