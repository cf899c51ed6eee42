import type { DrawnGlyph, TextLine } from './label-fonts.ts'

const perFont = 256

interface PdfObject {
  head: string
  stream?: Buffer
}

/** A font as its objects, each made knowing the numbers of those before it; the last is the font itself. */
interface PdfFont {
  name: string
  objects: ((numbers: readonly number[]) => PdfObject)[]
}

/**
 * The glyphs that the texts of a PDF use, as fonts of Type 3: outlines in, so that every script prints everywhere and
 * none is set by a font of the reader's, and a map to Unicode, so that words can be found and copied.
 */
export class PdfGlyphs {
  readonly #codes = new Map<number, number>()
  readonly #glyphs: DrawnGlyph[] = []

  /** Operators that show a line; `x`, `y` and `size` in the page's units, whose y grows downwards. */
  show({ glyphs }: TextLine, x: number, y: number, size: number): string {
    let out = 'BT\n'
    let font = -1
    for (const placed of glyphs) {
      const code = this.#codeOf(placed.glyph)
      if (code >> 8 !== font) {
        font = code >> 8
        out += `/T${font} ${number(size)} Tf\n`
      }
      const left = number(x + (placed.x / 1000) * size)
      const base = number(y - (placed.y / 1000) * size)
      out += `1 0 0 -1 ${left} ${base} Tm <${hex(code)}> Tj\n`
    }
    return `${out}ET\n`
  }

  #codeOf(glyph: DrawnGlyph): number {
    const known = this.#codes.get(glyph.id)
    if (known !== undefined) return known
    const code = this.#glyphs.length
    this.#glyphs.push(glyph)
    this.#codes.set(glyph.id, code)
    return code
  }

  fonts(): PdfFont[] {
    const fonts: PdfFont[] = []
    for (let from = 0; from < this.#glyphs.length; from += perFont) {
      fonts.push(fontOf(`T${from / perFont}`, this.#glyphs.slice(from, from + perFont)))
    }
    return fonts
  }
}

function fontOf(name: string, glyphs: readonly DrawnGlyph[]): PdfFont {
  const procedures = glyphs.map((glyph) => (): PdfObject => ({ head: '', stream: procedureOf(glyph) }))
  const unicode = (): PdfObject => ({ head: '', stream: toUnicode(glyphs) })
  const font = (numbers: readonly number[]): PdfObject => {
    const names = glyphs.map((_, code) => `/g${code}`)
    const procs = names.map((glyph, code) => `${glyph} ${numbers[code]} 0 R`).join(' ')
    const widths = glyphs.map(({ advance }) => number(advance)).join(' ')
    return {
      head:
        `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 0 ` +
        `/LastChar ${glyphs.length - 1} /Widths [${widths}] /CharProcs << ${procs} >> ` +
        `/Encoding << /Type /Encoding /Differences [0 ${names.join(' ')}] >> ` +
        `/Resources << >> /ToUnicode ${numbers[glyphs.length]} 0 R >>`,
    }
  }
  return { name, objects: [...procedures, unicode, font] }
}

/** A glyph's outline; `d1` says that it takes the colour of the text. */
function procedureOf({ path, scale, advance }: DrawnGlyph): Buffer {
  const { minX, minY, maxX, maxY } = path.commands.length === 0 ? noBox : path.bbox
  const box = [minX, minY, maxX, maxY].map((value) => number(value * scale)).join(' ')
  return Buffer.from(`${number(advance)} 0 ${box} d1\n${outlineOf(path, scale)}`, 'latin1')
}

const noBox = { minX: 0, minY: 0, maxX: 0, maxY: 0 }

function outlineOf({ commands }: DrawnGlyph['path'], scale: number): string {
  let out = ''
  let [x, y] = [0, 0]
  for (const { command, args } of commands) {
    const at = args.map((value) => value * scale)
    if (command === 'moveTo') out += `${list(at)} m\n`
    else if (command === 'lineTo') out += `${list(at)} l\n`
    else if (command === 'closePath') out += 'h\n'
    else if (command === 'bezierCurveTo') out += `${list(at)} c\n`
    else out += `${list(cubicOf(x, y, at))} c\n`
    ;[x, y] = at.length >= 2 ? [at.at(-2)!, at.at(-1)!] : [x, y]
  }
  return commands.length === 0 ? '' : `${out}f\n`
}

/** PDF knows cubic curves alone. */
function cubicOf(x: number, y: number, at: readonly number[]): number[] {
  const [cx = 0, cy = 0, endX = 0, endY = 0] = at
  const third = (from: number, control: number) => from + (2 / 3) * (control - from)
  return [third(x, cx), third(y, cy), third(endX, cx), third(endY, cy), endX, endY]
}

/** ISO 32000-1, 9.10.3: codes to UTF-16. */
function toUnicode(glyphs: readonly DrawnGlyph[]): Buffer {
  const lines = glyphs.flatMap(({ text }, code) =>
    text === '' ? [] : [`<${hex(code)}> <${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`],
  )
  const blocks: string[] = []
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`)
  }
  return Buffer.from(
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
      '/CMapName /Labels def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n' +
      `${blocks.join('')}endcmap\nend\nend\n`,
    'latin1',
  )
}

function hex(code: number): string {
  return (code & 255).toString(16).padStart(2, '0')
}

function number(value: number): string {
  return String(Math.round(value * 1e3) / 1e3)
}

function list(values: readonly number[]): string {
  return values.map(number).join(' ')
}
