import { loadImage, PDFDocument, type Image, type SKRSContext2D } from '@napi-rs/canvas'
import type { ExportSubject } from './export-subject.ts'
import { passportSheet, type SheetRow } from './passport-sheet.ts'
import { webUriOf } from './uris.ts'
import {
  LineBreaker,
  lineHeight,
  noLigatures,
  printable,
  type FamiliesFor,
  type TextBlock,
} from './wrap-lines.ts'

/** A4 in points. */
const pageWidth = 595
const pageHeight = 842
const margin = 48
const width = pageWidth - 2 * margin
const labelWidth = 130
const valueLeft = labelWidth + 14
const codeSize = 92
const gap = 10
/** Where the last line of a page ends. */
const bottom = pageHeight - margin - 16
const grey = '#555'

/** Something to draw at a place of a page; `top` is from the page's upper edge. */
interface Placed {
  page: number
  top: number
  left: number
  block: TextBlock
  href?: string | undefined
  /** A thin line above. */
  ruled?: boolean
}

interface Sheet {
  breaker: LineBreaker
  placed: Placed[]
  page: number
  y: number
}

/**
 * The passport as sheets of A4: what everybody may see, with the goods' own codes (`codes`, PNG pictures). Drawn by
 * Skia, which reads the app's fonts and shapes every script; the same passport gives the same bytes.
 */
export async function passportPdf(
  subject: ExportSubject,
  codes: readonly Buffer[],
  familiesFor: FamiliesFor,
): Promise<Buffer> {
  const { passport, business } = subject
  const sheet: Sheet = { breaker: new LineBreaker(familiesFor), placed: [], page: 0, y: margin }
  placeHead(sheet, subject, codes.length)
  for (const { title, rows } of passportSheet(passport, 'public')) {
    sheet.y += gap
    const heading = sheet.breaker.wrap(title, width, { size: 12, bold: true })
    roomFor(sheet, heading.height + 80)
    place(sheet, heading, {})
    for (const row of rows) placeRow(sheet, row)
  }
  const pictures = await Promise.all(codes.map((png) => loadImage(png)))
  const foot = `${passport.gtin} · Revision ${passport.revision} · ${passport.updated_at.slice(0, 10)}`
  const pdf = new PDFDocument({ title: printable(passport.name), author: printable(business.name) })
  for (let page = 0; page <= sheet.page; page += 1) {
    // The package's types name the browser's context, which lacks what this one has.
    const context = pdf.beginPage(pageWidth, pageHeight) as SKRSContext2D
    context.letterSpacing = noLigatures
    if (page === 0) drawCodes(context, pictures)
    for (const one of sheet.placed.filter((placed) => placed.page === page)) draw(context, one)
    const block = sheet.breaker.wrap(`${foot} · ${page + 1}/${sheet.page + 1}`, width, {
      size: 8,
      color: grey,
    })
    draw(context, { page, top: bottom + 8, left: margin, block })
    pdf.endPage()
  }
  return pdf.close()
}

function placeHead(sheet: Sheet, { passport, business }: ExportSubject, codes: number): void {
  const room = width - codes * (codeSize + gap)
  const { breaker } = sheet
  place(sheet, breaker.wrap('Product passport', room, { size: 10, color: grey }), {})
  place(sheet, breaker.wrap(passport.name, room, { size: 20, bold: true }), {})
  place(sheet, breaker.wrap(business.name, room, { size: 10, color: grey }), {})
  if (sheet.page === 0 && codes > 0) sheet.y = Math.max(sheet.y, margin + codeSize)
}

/** The label on the left, what it says on the right; a long text goes on overleaf. */
function placeRow(sheet: Sheet, { label, value, unit, href }: SheetRow): void {
  const { breaker } = sheet
  const name = breaker.wrap(label, labelWidth, { size: 9, color: grey })
  const text = unit === '' ? value : `${value} ${unit}`
  const said = breaker.wrap(text, width - valueLeft, { size: 9 })
  roomFor(sheet, Math.min(Math.max(name.height, said.height), 60) + gap)
  const top = sheet.y + 3
  sheet.placed.push({ page: sheet.page, top, left: margin, block: name, ruled: true })
  const page = sheet.page
  sheet.y = top
  place(sheet, said, { left: margin + valueLeft, href: webUriOf(href) })
  if (sheet.page === page) sheet.y = Math.max(sheet.y, top + name.height)
  sheet.y += 3
}

/** Puts lines under what is there, on as many pages as they need. */
function place(
  sheet: Sheet,
  block: TextBlock,
  { left = margin, href }: { left?: number; href?: string | undefined },
) {
  const step = block.size * lineHeight
  let rest = block.lines
  while (rest.length > 0) {
    roomFor(sheet, step)
    const count = Math.max(1, Math.floor((bottom - sheet.y) / step))
    const lines = rest.slice(0, count)
    sheet.placed.push({ page: sheet.page, top: sheet.y, left, block: { ...block, lines }, href })
    sheet.y += lines.length * step
    rest = rest.slice(count)
  }
}

function roomFor(sheet: Sheet, height: number): void {
  if (sheet.y + height <= bottom) return
  sheet.page += 1
  sheet.y = margin
}

function draw(context: SKRSContext2D, { top, left, block, href, ruled }: Placed): void {
  if (ruled) {
    context.fillStyle = '#bbb'
    context.fillRect(margin, top - 3, width, 0.5)
  }
  context.fillStyle = block.color
  block.lines.forEach((line, index) => {
    const y = top + index * block.size * lineHeight
    let x = left
    for (const run of line.runs) {
      context.font = run.font
      context.fillText(run.text, x, y + block.size)
      x += run.width
    }
    if (href !== undefined && line.width > 0) {
      context.annotateLinkUrl(left, y, left + line.width, y + block.size * lineHeight, href)
    }
  })
}

/** Each within its square, on the right of the head. */
function drawCodes(context: SKRSContext2D, pictures: readonly Image[]): void {
  pictures.forEach((picture, index) => {
    const scale = codeSize / Math.max(picture.width, picture.height)
    const [wide, high] = [picture.width * scale, picture.height * scale]
    const square = pageWidth - margin - (pictures.length - index) * (codeSize + gap) + gap
    context.imageSmoothingEnabled = false
    context.drawImage(picture, square + (codeSize - wide) / 2, margin, wide, high)
  })
}
