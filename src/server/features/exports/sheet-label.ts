import { ValidationFailed } from '#contract/errors.ts'
import type { LabelStock, SheetLayout } from '#contract/export-bundles.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { placeLogo, type LogoPlace } from '#codes/qr/code-style.ts'
import type { QrCode } from '#codes/qr/encode-qr.ts'
import type { LabelFonts, TextLine } from './label-fonts.ts'
import { codeOf } from '../../code-files/draw-code.ts'
import type { LogoPicture } from '../../code-files/logo-picture.ts'
import { refuseStyle } from '../../code-files/refuse-style.ts'
import type { LabelPlace } from './sheet-layout.ts'

/** What goes on one label. */
export interface SheetItem {
  /** What the code says. */
  text: string
  caption: string | null
  style: QrStyle
  /** In the middle of its code. */
  picture?: LogoPicture | undefined
}

/** A logo in its place, in modules of its code. */
interface PlacedLogo extends LogoPlace {
  picture: LogoPicture
}

/** A line of text on a label: `x` and `y` are the left end of its base line, in millimetres; `size` its letters'. */
interface LabelText {
  line: TextLine
  x: number
  y: number
  size: number
}

/** A label as it is drawn, in millimetres from its own top left. The same for the PDF and for the preview. */
export interface LabelDrawing {
  code: QrCode
  style: QrStyle
  /** The first module, without the quiet zone. */
  x: number
  y: number
  /** Millimetres a module. */
  module: number
  logo: PlacedLogo | undefined
  texts: LabelText[]
}

/** Free of anything at a label's edge: what sheets and cuts are off by. */
const edge = 0.8
const lineHeight = 1.25
/** How far letters reach above their base line, as a share of their height. */
const ascent = 0.8

/** Smaller modules are not read by phones, and not printed by office printers. */
const smallestModule = 0.2

/** The lines under or beside a code: its number first, for it is what people look for. */
function linesOf(item: SheetItem, number: string | null): string[] {
  return [number, item.caption].filter((line): line is string => line !== null && line.trim() !== '')
}

/** `No. 0042`, or null where labels are not numbered. */
function numberOf(sequence: SheetLayout['sequence'], index: number): string | null {
  if (sequence === undefined) return null
  return sequence.prefix + String(sequence.from + index).padStart(sequence.digits, '0')
}

/** What all labels of a bundle have in common. */
export interface LabelMaker {
  stock: LabelStock
  layout: SheetLayout
  fonts: LabelFonts
}

/**
 * Lays out one label, the `index`th from 0: the code as large as it goes, text beside it on wide labels and below it on others. Throws 422
 * where the code's modules would be too small to be read.
 */
export function layOutLabel(
  { stock, layout, fonts }: LabelMaker,
  item: SheetItem,
  index: number,
): LabelDrawing {
  const number = numberOf(layout.sequence, index)
  const code = codeOf(item.text, item.style, item.picture !== undefined)
  refuseStyle(code, item.style, {
    logoRatio: item.picture && item.picture.height / item.picture.width,
  })
  const lines = linesOf(item, number)
  const box = boxOf(stock, lines.length)
  const margin = item.style.margin ?? 4
  const module = box.side / (code.size + 2 * margin)
  if (module < smallestModule) throw new CodeTooSmall(item.text, module)
  return {
    code,
    style: item.style,
    x: box.x + margin * module,
    y: box.y + margin * module,
    module,
    logo: item.picture && {
      picture: item.picture,
      ...placeLogo(code.size, item.picture.height / item.picture.width, item.style),
    },
    texts: lines.map((line, index) => textOf(line, index, lines.length, box, fonts)),
  }
}

/** A code that a label of this size cannot hold legibly. */
class CodeTooSmall extends ValidationFailed {
  constructor(text: string, module: number) {
    super({
      'layout.stock': [
        `The code of ${text.slice(0, 80)} would have modules of ${module.toFixed(2)} mm, which phones do not read: ` +
          `choose a larger label, a lower error correction or a shorter text.`,
      ],
    })
  }
}

/** Where the code and its words go. */
interface LabelBox extends LabelPlace {
  side: number
  beside: boolean
  textX: number
  textWidth: number
  textTop: number
  textHeight: number
  size: number
}

function boxOf({ label_width, label_height }: LabelStock, lines: number): LabelBox {
  const width = label_width - 2 * edge
  const height = label_height - 2 * edge
  const beside = lines > 0 && width > height * 1.5
  const size = letterSize(beside ? height / 6 : height / 11)
  const textHeight = lines * size * lineHeight
  const side = Math.min(width, beside || lines === 0 ? height : height - textHeight)
  const x = beside ? edge : edge + (width - side) / 2
  const y = edge + (height - side - (beside ? 0 : textHeight)) / 2
  return {
    x,
    y,
    side,
    beside,
    size,
    textX: beside ? edge + side + 0.5 : edge,
    textWidth: beside ? width - side - 0.5 : width,
    textTop: beside ? edge + (height - textHeight) / 2 : y + side,
    textHeight,
  }
}

/** Between what can be read at arm's length and what still looks like a caption: 4 to 11 points. */
function letterSize(wanted: number): number {
  return Math.min(3.9, Math.max(1.4, wanted))
}

function textOf(text: string, index: number, lines: number, box: LabelBox, fonts: LabelFonts): LabelText {
  // The number is told apart by its place, the caption may be cut: it is in the code as well.
  const line = fonts.fit(text, (box.textWidth / box.size) * 1000)
  const width = (line.width / 1000) * box.size
  const x = box.beside ? box.textX : box.textX + (box.textWidth - width) / 2
  const step = box.textHeight / Math.max(1, lines)
  return { line, x, y: box.textTop + index * step + box.size * ascent, size: box.size }
}
