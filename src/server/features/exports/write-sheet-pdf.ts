import { deflateSync } from 'node:zlib'
import type { LogoPicture } from '../../code-files/logo-picture.ts'
import { drawFinders, drawModules, isPlain, type Pen } from '#codes/qr/module-shapes.ts'
import { colourOf, mm, PdfContent } from './pdf-content.ts'
import { PdfGlyphs } from './pdf-glyphs.ts'
import type { LabelDrawing } from './sheet-label.ts'
import type { SheetPage } from './sheet-page.ts'

const pointsPerMm = 72 / 25.4
const compression = { level: 1 }

/**
 * A PDF of print sheets (ISO 32000-1), a page at a time: what is added is handed to `write` at once, so that ten
 * thousand codes never lie in memory together. Vectors throughout, each code one path with one fill, so that no viewer
 * smooths edges or leaves hairlines between modules. The same pages give the same bytes.
 */
export class SheetPdf {
  readonly #write: (bytes: Buffer) => void
  readonly #offsets: number[] = []
  readonly #pages: number[] = []
  readonly #glyphs = new PdfGlyphs()
  /** Names of the logos that are in the file, by their address. */
  readonly #logos = new Map<string, { name: string; object: number }>()
  #length = 0

  constructor(write: (bytes: Buffer) => void) {
    this.#write = write
    this.#put('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')
    // Catalogue, pages and fonts: their numbers are known, they themselves at the end.
    this.#offsets.length = 3
  }

  add(page: SheetPage): void {
    const { width, height } = page.plan.stock
    for (const { drawing } of page.labels) if (drawing.logo) this.#embed(drawing.logo.picture)
    const nameOf = (address: string) => this.#logos.get(address)?.name ?? ''
    const content = deflateSync(contentOf(page, this.#glyphs, nameOf), compression)
    const stream = this.#object(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`, content)
    const box = `[0 0 ${points(width)} ${points(height)}]`
    const body = `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents ${stream} 0 R /Resources 3 0 R >>`
    this.#pages.push(this.#object(body))
  }

  /** Writes a logo into the file, once however many codes have it. */
  #embed({ address, width, height, colours, opacity }: LogoPicture): void {
    if (this.#logos.has(address)) return
    const image = (space: string, more: string, bytes: Buffer): number => {
      const packed = deflateSync(bytes)
      const size = `/Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /${space}`
      const head = `<< /Type /XObject /Subtype /Image ${size} ${more}/Filter /FlateDecode /Length ${packed.length} >>`
      return this.#object(`${head}\nstream\n`, packed)
    }
    const mask = opacity && image('DeviceGray', '', opacity)
    const object = image('DeviceRGB', mask === undefined ? '' : `/SMask ${mask} 0 R `, colours)
    this.#logos.set(address, { name: `L${this.#logos.size}`, object })
  }

  /** Writes what belongs at the end; nothing can be added any more. */
  end(title: string): void {
    const fonts = this.#glyphs.fonts().map(({ name, objects }) => {
      const numbers = objects.map(() => this.#offsets.length + 1)
      for (const [index, make] of objects.entries()) {
        const { head, stream } = make(numbers)
        numbers[index] =
          stream === undefined
            ? this.#object(head)
            : this.#object(`<< ${head}/Length ${stream.length} >>\nstream\n`, stream)
      }
      return `/${name} ${numbers.at(-1)} 0 R`
    })
    const info = this.#object(`<< /Title ${pdfText(title)} /Producer (QRScan) >>`)
    this.#objectAt(1, '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>')
    const kids = this.#pages.map((number) => `${number} 0 R`).join(' ')
    this.#objectAt(2, `<< /Type /Pages /Count ${this.#pages.length} /Kids [${kids}] >>`)
    const logos = [...this.#logos.values()].map(({ name, object }) => `/${name} ${object} 0 R`)
    const resources = `/Font << ${fonts.join(' ')} >> /XObject << ${logos.join(' ')} >>`
    this.#objectAt(3, `<< /ProcSet [/PDF /Text /ImageC] ${resources} >>`)
    this.#trailer(info)
  }

  #trailer(info: number): void {
    const start = this.#length
    const entries = this.#offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
    const size = this.#offsets.length + 1
    this.#put(`xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`)
    this.#put(`trailer\n<< /Size ${size} /Root 1 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  }

  #object(head: string, stream?: Buffer): number {
    this.#offsets.push(0)
    this.#objectAt(this.#offsets.length, head, stream)
    return this.#offsets.length
  }

  #objectAt(number: number, head: string, stream?: Buffer): void {
    this.#offsets[number - 1] = this.#length
    this.#put(`${number} 0 obj\n${head}`)
    if (stream !== undefined) {
      this.#putBytes(stream)
      this.#put('\nendstream')
    }
    this.#put('\nendobj\n')
  }

  #put(text: string): void {
    this.#putBytes(Buffer.from(text, 'latin1'))
  }

  #putBytes(bytes: Buffer): void {
    this.#length += bytes.length
    this.#write(bytes)
  }
}

/** A string of PDF 7.9.2: UTF-16 with its mark, in hexadecimal. */
function pdfText(text: string): string {
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`
}

/** Operators of a page. The first turns the axes so that everything after is in millimetres, downwards. */
function contentOf(page: SheetPage, glyphs: PdfGlyphs, logoName: (address: string) => string): Buffer {
  const { stock } = page.plan
  const out = new PdfContent()
  const scale = points(1)
  out.text(`${scale} 0 0 -${scale} 0 ${points(stock.height)} cm\n`)
  drawBackgrounds(page, out)
  for (const { place, drawing } of page.labels) {
    out.fill(drawing.style.foreground ?? '#000000')
    drawCode(drawing, place.x, place.y, out)
    drawLogo(drawing, place.x, place.y, out, logoName)
  }
  for (const { place, drawing } of page.labels) {
    for (const { line, x, y, size } of drawing.texts) {
      out.fill(drawing.style.foreground ?? '#000000')
      out.text(glyphs.show(line, place.x + x, place.y + y, size))
    }
  }
  drawLines(page, out)
  return out.take()
}

function drawBackgrounds({ plan: { stock }, labels, bleed }: SheetPage, out: PdfContent): void {
  const [width, height] = [stock.label_width + 2 * bleed, stock.label_height + 2 * bleed]
  for (const { place, drawing } of labels) {
    const colour = drawing.style.background ?? '#ffffff'
    // White is the paper itself.
    if (colour.toLowerCase() === '#ffffff') continue
    out.fill(colour)
    out.text(`${mm(place.x - bleed)} ${mm(place.y - bleed)} ${mm(width)} ${mm(height)} re f\n`)
  }
}

/** One path and one fill, in modules; finders of their own look are another. */
function drawCode(
  { code, style, x, y, module }: LabelDrawing,
  left: number,
  top: number,
  out: PdfContent,
): void {
  const scale = module.toFixed(5)
  out.text(`q ${scale} 0 0 ${scale} ${mm(left + x)} ${mm(top + y)} cm\n`)
  if (isPlain(style)) out.modules(code)
  else {
    const pen = penOf(out)
    drawModules(code, style.shape, pen)
    if (style.finder_colour !== undefined) out.text(`f\n${colourOf(style.finder_colour)} rg\n`)
    drawFinders(code, style.finder, pen)
  }
  out.text('f Q\n')
}

/** Over the code, on a plate of its background. */
function drawLogo(
  { style, logo, x, y, module }: LabelDrawing,
  left: number,
  top: number,
  out: PdfContent,
  nameOf: (address: string) => string,
): void {
  if (logo === undefined) return
  const at = (modules: number) => mm(modules * module)
  const [from, upper] = [left + x + logo.x * module, top + y + logo.y * module]
  const frame = logo.frame * module
  out.fill(style.background ?? '#ffffff')
  out.text(`${mm(from - frame)} ${mm(upper - frame)} `)
  out.text(`${at(logo.width + 2 * logo.frame)} ${at(logo.height + 2 * logo.frame)} re f\n`)
  // Pictures grow upwards, the page downwards.
  const lower = mm(upper + logo.height * module)
  out.text(`q ${at(logo.width)} 0 0 -${at(logo.height)} ${mm(from)} ${lower} cm `)
  out.text(`/${nameOf(logo.picture.address)} Do Q\n`)
}

function penOf(out: PdfContent): Pen {
  return {
    move: (x, y) => out.text(`${mm(x)} ${mm(y)} m\n`),
    line: (x, y) => out.text(`${mm(x)} ${mm(y)} l\n`),
    curve: (...points) => out.text(`${points.map(mm).join(' ')} c\n`),
    close: () => out.text('h\n'),
  }
}

function drawLines({ plan: { stock }, labels, outlines, marks }: SheetPage, out: PdfContent): void {
  if (outlines) {
    out.text('0.6 G 0.1 w\n')
    for (const { place } of labels) {
      out.text(`${mm(place.x)} ${mm(place.y)} ${mm(stock.label_width)} ${mm(stock.label_height)} re\n`)
    }
    out.text('S\n')
  }
  if (marks.length === 0) return
  out.text('0 G 0.1 w\n')
  for (const [x1, y1, x2, y2] of marks) out.text(`${mm(x1)} ${mm(y1)} m ${mm(x2)} ${mm(y2)} l\n`)
  out.text('S\n')
}

function points(millimetres: number): string {
  return (millimetres * pointsPerMm).toFixed(4)
}
