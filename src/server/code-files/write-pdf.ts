import { deflateSync } from 'node:zlib'
import { placeLogo, plainStyle, type CodeStyle } from '#codes/qr/code-style.ts'
import { isDark, type QrCode } from '#codes/qr/encode-qr.ts'
import { drawFinders, drawModules, isPlain, type Pen } from '#codes/qr/module-shapes.ts'
import type { LogoPicture } from './logo-picture.ts'

interface VectorParts {
  /** Pixels of a screen, 96 to the inch: how large the page is. */
  size: number
  logo?: LogoPicture | undefined
}

/** A code on a PDF page of its own, as lines and not as pixels (ISO 32000-1). The same input gives the same bytes. */
export function writePdf(code: QrCode, style: CodeStyle, { size, logo }: VectorParts): Buffer {
  const side = number(size * 0.75)
  const content = contentOf(code, style, size * 0.75, logo)
  const images = logo === undefined ? [] : imageObjects(logo)
  const resources = logo === undefined ? '<<>>' : '<</XObject<</L 5 0 R>>>>'
  return joined([
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    Buffer.from(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${side} ${side}]/Resources${resources}/Contents 4 0 R>>`,
    ),
    streamOf('', deflateSync(content)),
    ...images,
  ])
}

function contentOf(code: QrCode, style: CodeStyle, points: number, logo: LogoPicture | undefined): string {
  const { margin = plainStyle.margin, background = plainStyle.background } = style
  const { foreground = plainStyle.foreground } = style
  const module = points / (code.size + 2 * margin)
  const start = `${colour(background)} rg 0 0 ${number(points)} ${number(points)} re f\n`
  // From here on in modules, downwards from the first.
  const turned = `${number(module)} 0 0 ${number(-module)} ${number(margin * module)} ${number(points - margin * module)} cm\n`
  return start + turned + `${colour(foreground)} rg\n` + modulesOf(code, style) + logoOf(code, style, logo)
}

function modulesOf(code: QrCode, style: CodeStyle): string {
  if (isPlain(style)) return `${runsOf(code)}f\n`
  const [modules, finders] = [new PdfPen(), new PdfPen()]
  drawModules(code, style.shape, modules)
  drawFinders(code, style.finder, finders)
  const finder = style.finder_colour === undefined ? '' : `${colour(style.finder_colour)} rg\n`
  return `${modules.path}f\n${finder}${finders.path}f\n`
}

function runsOf(code: QrCode): string {
  let path = ''
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!isDark(code, x, y)) continue
      const from = x
      while (isDark(code, x, y)) x++
      path += `${from} ${y} ${x - from} 1 re\n`
    }
  }
  return path
}

class PdfPen implements Pen {
  path = ''
  move = (x: number, y: number): void => void (this.path += `${number(x)} ${number(y)} m\n`)
  line = (x: number, y: number): void => void (this.path += `${number(x)} ${number(y)} l\n`)
  curve = (...points: number[]): void => void (this.path += `${points.map(number).join(' ')} c\n`)
  close = (): void => void (this.path += 'h\n')
}

function logoOf(code: QrCode, style: CodeStyle, logo: LogoPicture | undefined): string {
  if (logo === undefined) return ''
  const { x, y, width, height, frame } = placeLogo(code.size, logo.height / logo.width, style)
  const box = [x - frame, y - frame, width + 2 * frame, height + 2 * frame].map(number).join(' ')
  // Pictures stand upright in a space that grows upwards.
  return (
    `${colour(style.background ?? plainStyle.background)} rg ${box} re f\n` +
    `q ${number(width)} 0 0 ${number(-height)} ${number(x)} ${number(y + height)} cm /L Do Q\n`
  )
}

function imageObjects({ width, height, colours, opacity }: LogoPicture): Buffer[] {
  const entries = (space: string) =>
    `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/${space}`
  const mask = opacity === undefined ? '' : '/SMask 6 0 R'
  return [
    streamOf(entries('DeviceRGB') + mask, deflateSync(colours)),
    ...(opacity === undefined ? [] : [streamOf(entries('DeviceGray'), deflateSync(opacity))]),
  ]
}

function streamOf(entries: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<<${entries}/Filter/FlateDecode/Length ${data.length}>>stream\n`),
    data,
    Buffer.from('\nendstream'),
  ])
}

function joined(objects: readonly Buffer[]): Buffer {
  const parts = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')]
  let length = parts[0]!.length
  const places = objects.map((body, index) => {
    const at = length
    const object = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    parts.push(object)
    length += object.length
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const count = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}` +
        `trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

/** `0.1 0.2 0.3` of `#rrggbb`. */
function colour(text: string): string {
  return [1, 3, 5].map((at) => number(parseInt(text.slice(at, at + 2), 16) / 255)).join(' ')
}

function number(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}
