import { placeLogo, plainStyle, type CodeStyle } from '#codes/qr/code-style.ts'
import { isDark, type QrCode } from '#codes/qr/encode-qr.ts'
import { drawFinders, drawModules, isPlain, type Pen } from '#codes/qr/module-shapes.ts'
import type { LogoPicture } from './logo-picture.ts'

/**
 * A code as Encapsulated PostScript, level 2, as lines and not as pixels. `size` is in pixels of a screen, 96 to the
 * inch. Says nothing but what is drawn: no text of anybody's gets into a program.
 */
export function writeEps(
  code: QrCode,
  style: CodeStyle,
  { size, logo }: { size: number; logo?: LogoPicture | undefined },
): Buffer {
  const { margin = plainStyle.margin, background = plainStyle.background } = style
  const { foreground = plainStyle.foreground } = style
  const points = size * 0.75
  const module = points / (code.size + 2 * margin)
  const lines = [
    '%!PS-Adobe-3.0 EPSF-3.0',
    `%%BoundingBox: 0 0 ${Math.ceil(points)} ${Math.ceil(points)}`,
    `%%HiResBoundingBox: 0 0 ${number(points)} ${number(points)}`,
    '%%LanguageLevel: 2',
    '%%Pages: 1',
    '%%EndComments',
    '%%Page: 1 1',
    'gsave',
    `${colour(background)} setrgbcolor 0 0 ${number(points)} ${number(points)} rectfill`,
    `${number(margin * module)} ${number(points - margin * module)} translate ${number(module)} ${number(-module)} scale`,
    `${colour(foreground)} setrgbcolor`,
    modulesOf(code, style),
    ...(logo === undefined ? [] : [logoOf(code, style, logo)]),
    'grestore',
    'showpage',
    '%%EOF',
  ]
  return Buffer.from(`${lines.join('\n')}\n`)
}

function modulesOf(code: QrCode, style: CodeStyle): string {
  if (isPlain(style)) return runsOf(code)
  const [modules, finders] = [new EpsPen(), new EpsPen()]
  drawModules(code, style.shape, modules)
  drawFinders(code, style.finder, finders)
  const finder = style.finder_colour === undefined ? '' : `${colour(style.finder_colour)} setrgbcolor\n`
  return `${modules.path}fill\n${finder}${finders.path}fill`
}

function runsOf(code: QrCode): string {
  const lines: string[] = []
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!isDark(code, x, y)) continue
      const from = x
      while (isDark(code, x, y)) x++
      lines.push(`${from} ${y} ${x - from} 1 rectfill`)
    }
  }
  return lines.join('\n')
}

class EpsPen implements Pen {
  path = ''
  move = (x: number, y: number): void => void (this.path += `${number(x)} ${number(y)} moveto\n`)
  line = (x: number, y: number): void => void (this.path += `${number(x)} ${number(y)} lineto\n`)
  curve = (...points: number[]): void => void (this.path += `${points.map(number).join(' ')} curveto\n`)
  close = (): void => void (this.path += 'closepath\n')
}

/** On the background's colour, for PostScript knows no opacity. */
function logoOf(code: QrCode, style: CodeStyle, logo: LogoPicture): string {
  const background = style.background ?? plainStyle.background
  const { x, y, width, height, frame } = placeLogo(code.size, logo.height / logo.width, style)
  const box = [x - frame, y - frame, width + 2 * frame, height + 2 * frame].map(number).join(' ')
  const hex = flattened(logo, background)
    .toString('hex')
    .replaceAll(/.{1,128}/g, '$&\n')
  return (
    `${colour(background)} setrgbcolor ${box} rectfill\n` +
    `gsave ${number(x)} ${number(y)} translate ${number(width)} ${number(height)} scale\n` +
    `/DeviceRGB setcolorspace <</ImageType 1 /Width ${logo.width} /Height ${logo.height} /BitsPerComponent 8 ` +
    `/Decode [0 1 0 1 0 1] /ImageMatrix [${logo.width} 0 0 ${logo.height} 0 0] ` +
    `/DataSource currentfile /ASCIIHexDecode filter>> image\n${hex}>\ngrestore`
  )
}

function flattened({ colours, opacity }: LogoPicture, background: string): Buffer {
  if (opacity === undefined) return colours
  const paper = [1, 3, 5].map((at) => parseInt(background.slice(at, at + 2), 16))
  return Buffer.from(
    colours.map((value, at) => {
      const share = opacity[Math.floor(at / 3)]! / 255
      return Math.round(value * share + paper[at % 3]! * (1 - share))
    }),
  )
}

function colour(text: string): string {
  return [1, 3, 5].map((at) => number(parseInt(text.slice(at, at + 2), 16) / 255)).join(' ')
}

function number(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}
