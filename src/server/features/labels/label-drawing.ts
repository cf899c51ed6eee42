/**
 * A label before it is a file. All lengths are in modules, the narrowest element of its symbol, so that a raster can
 * give every module the same whole number of pixels; `moduleMm` says how wide one is on paper.
 */
export interface LabelDrawing {
  moduleMm: number
  width: number
  height: number
  bars: Rectangle[]
  texts: DrawnText[]
  /** What it says, for those who hear or search it. */
  title: string
}

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** Text around `x`, standing on `y`. */
export interface DrawnText {
  text: string
  x: number
  y: number
  /** Height of the letters' box. */
  size: number
}

/** What stands in the middle of a label, with its quiet zones. */
export interface SymbolBlock {
  width: number
  height: number
  bars: Rectangle[]
  texts: DrawnText[]
}

/** Between a symbol and its text, and around a label's text. */
const gapMm = 1
/** Of capital letters; GS1 asks for two at least. */
const letterMm = 2.2
/** Of the font's box, how much a capital takes, and how wide each letter is (OCR-B). */
export const ocrB = { capital: 0.63, advance: 0.636 } as const

/** Letters of a label's lines, in modules. */
function lineSize(moduleMm: number): number {
  return letterMm / ocrB.capital / moduleMm
}

/** Puts symbols under each other, every one with its lines beneath, in the middle of a label just large enough. */
export function stack(
  moduleMm: number,
  title: string,
  parts: readonly { block: SymbolBlock; lines: readonly string[] }[],
): LabelDrawing {
  const size = lineSize(moduleMm)
  const gap = Math.ceil(gapMm / moduleMm)
  const longest = Math.max(...parts.flatMap(({ lines }) => lines.map((line) => line.length)), 0)
  const room = longest === 0 ? 0 : Math.ceil(longest * size * ocrB.advance) + 2 * gap
  const width = Math.max(room, ...parts.map(({ block }) => block.width))
  const drawing: LabelDrawing = { moduleMm, width, height: gap, bars: [], texts: [], title }
  for (const { block, lines } of parts) {
    const left = Math.floor((width - block.width) / 2)
    const top = drawing.height
    for (const bar of block.bars) drawing.bars.push({ ...bar, x: bar.x + left, y: bar.y + top })
    for (const text of block.texts) drawing.texts.push({ ...text, x: text.x + left, y: text.y + top })
    const base = top + block.height + gap
    lines.forEach((text, index) => {
      const y = base + size * ocrB.capital + index * size
      drawing.texts.push({ text, x: width / 2, y, size })
    })
    const textHeight = lines.length === 0 ? 0 : Math.ceil(lines.length * size) + 2 * gap
    drawing.height = Math.ceil(top + block.height + textHeight)
  }
  return drawing
}
