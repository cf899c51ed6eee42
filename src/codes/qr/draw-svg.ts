import { placeLogo, plainStyle, type CodeLogo, type CodeStyle } from './code-style.ts'
import { eachDarkRun } from './dark-runs.ts'
import type { QrCode } from './encode-qr.ts'
import { drawFinders, drawModules, isPlain, type Pen } from './module-shapes.ts'

export interface SvgParts {
  /** Width and height it asks for, in pixels; left out, it takes the room it is given. */
  size?: number | undefined
  logo?: CodeLogo | undefined
  /** Read out instead of the picture. */
  title?: string | undefined
}

/**
 * A code as an SVG of a module a unit, with its quiet zone. Plain ones are a single stroked path of relative moves, crisp
 * at any size and small; the same input gives the same bytes. Throws a RangeError for a logo that is no PNG or JPEG in
 * a `data:` address: nothing else may be named by a picture that leaves the house.
 */
export function drawSvg(code: QrCode, style: CodeStyle, { size, logo, title }: SvgParts = {}): string {
  const { margin = plainStyle.margin, background = plainStyle.background } = style
  const { foreground = plainStyle.foreground } = style
  const width = code.size + 2 * margin
  const asked = size === undefined ? '' : ` width="${size}" height="${size}"`
  const name = title === undefined ? '' : `<title>${escaped(title)}</title>`
  const role = title === undefined ? '' : ' role="img"'
  const body = isPlain(style)
    ? `<path stroke="${foreground}" shape-rendering="crispEdges" d="${strokesOf(code, margin)}"/>`
    : `<g transform="translate(${margin} ${margin})" fill="${foreground}">${shapes(code, style)}</g>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg"${asked}${role} viewBox="0 0 ${width} ${width}">${name}` +
    `<path fill="${background}" d="M0 0h${width}v${width}H0z"/>${body}` +
    `${logo === undefined ? '' : logoOf(code, style, logo, margin)}</svg>\n`
  )
}

/** A path to be stroked: lines through the middles of runs of dark modules, each begun from where the last one ended. */
export function strokesOf(code: QrCode, margin: number): string {
  let path = ''
  let [lastX, lastY] = [0, 0]
  eachDarkRun(code, (y, from, to) => {
    const gap = from - lastX
    if (path === '') path = `M${margin + from} ${margin + y + 0.5}h${to - from}`
    else
      path +=
        y === lastY && gap < common && to - from < common
          ? strokes[gap * common + to - from]!
          : `m${gap} ${y - lastY}h${to - from}`
    lastX = to
    lastY = y
  })
  return path
}

/** Gaps and lines shorter than this are ready as texts: most are. */
const common = 16
const strokes = Array.from(
  { length: common * common },
  (_, at) => `m${Math.floor(at / common)} 0h${at % common}`,
)

function shapes(code: QrCode, style: CodeStyle): string {
  const [modules, finders] = [new SvgPen(), new SvgPen()]
  drawModules(code, style.shape, modules)
  drawFinders(code, style.finder, finders)
  const colour = style.finder_colour === undefined ? '' : ` fill="${style.finder_colour}"`
  return `<path d="${modules.path}"/><path d="${finders.path}"${colour}/>`
}

/** Writes what a pen draws, to a thousandth of a module. */
export class SvgPen implements Pen {
  path = ''
  move = (x: number, y: number): void => void (this.path += `M${short(x)} ${short(y)}`)
  line = (x: number, y: number): void => void (this.path += `L${short(x)} ${short(y)}`)
  curve = (...points: number[]): void => void (this.path += `C${points.map(short).join(' ')}`)
  close = (): void => void (this.path += 'Z')
}

function short(value: number): number {
  return Math.round(value * 1e3) / 1e3
}

function logoOf(code: QrCode, style: CodeStyle, { address, ratio }: CodeLogo, margin: number): string {
  if (!/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/.test(address))
    throw new RangeError('The logo is no PNG or JPEG. Choose another picture.')
  const { x, y, width, height, frame } = placeLogo(code.size, ratio, style)
  const box = (by: number) =>
    `x="${short(margin + x - by)}" y="${short(margin + y - by)}" width="${short(width + 2 * by)}" height="${short(height + 2 * by)}"`
  return `<rect ${box(frame)} fill="${style.background ?? plainStyle.background}"/><image ${box(0)} href="${address}"/>`
}

/** Text as it may stand in XML: what XML cannot hold is shown as a box. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
