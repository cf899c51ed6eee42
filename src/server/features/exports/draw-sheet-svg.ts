import type { QrCode } from '#codes/qr/encode-qr.ts'
import { isDark } from '#codes/qr/encode-qr.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import type { DrawnGlyph } from './label-fonts.ts'
import { drawFinders, drawModules, isPlain, type Pen } from '#codes/qr/module-shapes.ts'
import type { LabelDrawing } from './sheet-label.ts'
import { placeOf, type LabelPlace } from './sheet-layout.ts'
import type { SheetPage } from './sheet-page.ts'

/**
 * A page as an SVG in millimetres, drawn from the placement that the PDF is drawn from. The edges of the labels are
 * shown as they are cut, in grey dashes, whether or not they are printed. No text is in it as text: what a title says
 * cannot become markup.
 */
export function drawSheetSvg(page: SheetPage): string {
  const { stock } = page.plan
  const { width, height, label_width, label_height, radius } = stock
  const glyphs = new Map<number, DrawnGlyph>()
  const drawn = new Map<LabelDrawing, string>()
  const labels = page.labels.map(({ place, drawing }) => {
    // Copies of a label are drawn once and shown again.
    const known = drawn.get(drawing)
    const id = `l${drawn.size}`
    if (known === undefined) drawn.set(drawing, id)
    const body =
      known === undefined ? `<g id="${id}">${labelOf(drawing, glyphs)}</g>` : `<use href="#${known}"/>`
    return `${backgroundOf(page, place, drawing)}<g transform="translate(${mm(place.x)} ${mm(place.y)})">${body}</g>`
  })
  const places = Array.from({ length: page.plan.perPage }, (_, index) => placeOf(stock, index))
  const edges = places.map(
    (place) =>
      `<rect x="${mm(place.x)}" y="${mm(place.y)}" width="${mm(label_width)}" height="${mm(label_height)}" rx="${mm(radius)}"/>`,
  )
  const marks = page.marks.map(([x1, y1, x2, y2]) => `M${mm(x1)} ${mm(y1)}L${mm(x2)} ${mm(y2)}`)
  const dashes = page.outlines ? 'stroke="#999"' : 'stroke="#bbb" stroke-dasharray="1 1"'
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${mm(width)} ${mm(height)}" ` +
    `width="${mm(width)}mm" height="${mm(height)}mm"><rect width="100%" height="100%" fill="#fff"/>` +
    `<defs>${[...glyphs.values()].map(symbolOf).join('')}</defs>${labels.join('')}` +
    `<g fill="none" stroke-width="0.2" ${dashes}>${edges.join('')}</g>` +
    (marks.length > 0 ? `<path d="${marks.join('')}" stroke="#000" stroke-width="0.1"/>` : '') +
    '</svg>'
  )
}

function backgroundOf({ plan: { stock }, bleed }: SheetPage, { x, y }: LabelPlace, { style }: LabelDrawing) {
  const colour = style.background ?? '#ffffff'
  if (colour.toLowerCase() === '#ffffff') return ''
  const [width, height] = [stock.label_width + 2 * bleed, stock.label_height + 2 * bleed]
  return `<rect x="${mm(x - bleed)}" y="${mm(y - bleed)}" width="${mm(width)}" height="${mm(height)}" fill="${colour}"/>`
}

function labelOf(
  { code, style, x, y, module, logo, texts }: LabelDrawing,
  glyphs: Map<number, DrawnGlyph>,
): string {
  const colour = style.foreground ?? '#000000'
  const lines = texts.map(({ line, x: left, y: base, size }) => {
    const letters = line.glyphs
      .filter(({ glyph }) => glyph.path.commands.length > 0)
      .map(({ glyph, x: at, y: up }) => {
        glyphs.set(glyph.id, glyph)
        return `<use href="#g${glyph.id}" x="${mm(at)}" y="${mm(-up)}"/>`
      })
    return `<g transform="translate(${mm(left)} ${mm(base)}) scale(${size / 1000})">${letters.join('')}</g>`
  })
  return (
    `<g fill="${colour}"><g transform="translate(${mm(x)} ${mm(y)}) scale(${module.toFixed(5)})">` +
    `${picturesOf(code, style)}${logoOf(logo, style)}</g>${lines.join('')}</g>`
  )
}

function logoOf(logo: LabelDrawing['logo'], { background = '#ffffff' }: QrStyle): string {
  if (logo === undefined) return ''
  const { picture, x, y, width, height, frame } = logo
  const box = (by: number) =>
    `x="${mm(x - by)}" y="${mm(y - by)}" width="${mm(width + 2 * by)}" height="${mm(height + 2 * by)}"`
  return `<rect ${box(frame)} fill="${background}"/><image ${box(0)} href="${picture.address}"/>`
}

function picturesOf(code: QrCode, style: QrStyle): string {
  if (isPlain(style)) return `<path shape-rendering="crispEdges" d="${pathOf(code)}"/>`
  const [modules, finders] = [new SvgPen(), new SvgPen()]
  drawModules(code, style.shape, modules)
  drawFinders(code, style.finder, finders)
  const colour = style.finder_colour === undefined ? '' : ` fill="${style.finder_colour}"`
  return `<path d="${modules.path}"/><path d="${finders.path}"${colour}/>`
}

class SvgPen implements Pen {
  path = ''
  move = (x: number, y: number): void => void (this.path += `M${mm(x)} ${mm(y)}`)
  line = (x: number, y: number): void => void (this.path += `L${mm(x)} ${mm(y)}`)
  curve = (...points: number[]): void => void (this.path += `C${points.map(mm).join(' ')}`)
  close = (): void => void (this.path += 'Z')
}

function pathOf(code: QrCode): string {
  let path = ''
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!isDark(code, x, y)) continue
      const from = x
      while (isDark(code, x, y)) x++
      path += `M${from} ${y}h${x - from}v1h${from - x}z`
    }
  }
  return path
}

/** Outlines grow upwards, pictures downwards. */
function symbolOf({ id, path, scale }: DrawnGlyph): string {
  const letters = {
    moveTo: 'M',
    lineTo: 'L',
    quadraticCurveTo: 'Q',
    bezierCurveTo: 'C',
    closePath: 'Z',
  } as const
  const parts = path.commands.map(({ command, args }) => {
    const at = args.map((value, index) => mm(value * scale * (index % 2 === 0 ? 1 : -1)))
    return letters[command] + at.join(' ')
  })
  return `<path id="g${id}" d="${parts.join('')}"/>`
}

function mm(value: number): number {
  return Math.round(value * 1e3) / 1e3
}
