/** Black dots, eight to the millimetre: rows of whole bytes, the highest bit at the left. */
export interface Dots {
  stride: number
  height: number
  data: Buffer
}

/** What a printer wants its pages to be. */
export interface RasterPage {
  dpi: number
  /** Of the sheet, in millimetres, with its name as IPP has it. */
  media: { name: string; width: number; height: number }
  type: 'sgray_8' | 'srgb_8' | 'black_1'
}

const sourceDpi = 8 * 25.4
/** White around the ticket: most printers cannot print to the edge. */
const marginMm = 6

/**
 * A ticket as PWG Raster (PWG 5102.4), which every driverless printer takes: as many pages as it needs, at its own
 * size, dot for dot as near as the resolution allows.
 */
export function encodePwgRaster(dots: Dots, page: RasterPage): Buffer {
  const scale = page.dpi / sourceDpi
  const width = Math.round((page.media.width / 25.4) * page.dpi)
  const height = Math.round((page.media.height / 25.4) * page.dpi)
  const margin = Math.round((marginMm / 25.4) * page.dpi)
  // A byte is eight dots is a millimetre. Paper as narrow as a ticket has no room beside it.
  const leftMm = Math.max(0, Math.min(marginMm, (page.media.width - dots.stride) / 2))
  const left = Math.round((leftMm / 25.4) * page.dpi)
  const rows = Math.ceil(dots.height * scale)
  const room = Math.max(height - 2 * margin, 1)
  const count = Math.max(Math.ceil(rows / room), 1)
  const parts: Buffer[] = [Buffer.from('RaS2', 'latin1')]
  for (let from = 0; from < count * room; from += room) {
    parts.push(headerOf(page, width, height, count))
    parts.push(blankLines(margin, width, page.type))
    const last = Math.min(from + room, rows)
    for (let row = from; row < last;) {
      const source = Math.min(Math.floor(row / scale), dots.height - 1)
      let next = row + 1
      while (next < last && Math.floor(next / scale) <= source) next++
      parts.push(...lines(next - row, encodeLine(dots, source, { scale, left, width, type: page.type })))
      row = next
    }
    parts.push(blankLines(height - margin - Math.max(last - from, 0), width, page.type))
  }
  return Buffer.concat(parts)
}

interface LinePlace {
  scale: number
  left: number
  width: number
  type: RasterPage['type']
}

/** One row, packed: for each run its length less one, then the unit that is repeated (PWG 5102.4, section 4.3.3). */
function encodeLine({ stride, data }: Dots, row: number, place: LinePlace): Buffer {
  const { scale, left, width, type } = place
  const isBlack = (dot: number): boolean => (data[row * stride + (dot >> 3)]! & (0x80 >> (dot & 7))) !== 0
  if (type === 'black_1') return packedBits(isBlack, stride * 8, place)
  // From one change of colour to the next, so that wide white costs nothing.
  const out: number[] = []
  let from = 0
  let wasBlack = false
  const end = (at: number): void => {
    for (let more = at - from; more > 0; more -= 128) {
      const value = wasBlack ? 0x00 : 0xff
      out.push(Math.min(more, 128) - 1, ...(type === 'srgb_8' ? [value, value, value] : [value]))
    }
    from = Math.max(from, at)
  }
  for (let dot = 0; dot <= stride * 8; dot++) {
    const black = dot < stride * 8 && isBlack(dot)
    if (black === wasBlack) continue
    end(Math.min(left + Math.ceil(dot * scale), width))
    wasBlack = black
  }
  end(width)
  return Buffer.from(out)
}

/** Eight dots a byte, and bytes repeated. */
function packedBits(
  isBlack: (dot: number) => boolean,
  dots: number,
  { scale, left, width }: LinePlace,
): Buffer {
  const units = new Uint8Array(Math.ceil(width / 8))
  const last = Math.min(width, left + Math.ceil(dots * scale))
  for (let x = left; x < last; x++) {
    const dot = Math.floor((x - left) / scale)
    if (dot < dots && isBlack(dot)) units[x >> 3]! |= 0x80 >> (x & 7)
  }
  const out: number[] = []
  for (let at = 0; at < units.length;) {
    let end = at + 1
    while (end < units.length && end - at < 128 && units[end] === units[at]) end++
    out.push(end - at - 1, units[at]!)
    at = end
  }
  return Buffer.from(out)
}

/** The same row so many times: at most 256 in one. */
function lines(count: number, line: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let left = count; left > 0; left -= 256) parts.push(Buffer.from([Math.min(left, 256) - 1]), line)
  return parts
}

function blankLines(count: number, width: number, type: RasterPage['type']): Buffer {
  const nothing = { stride: 1, height: 1, data: Buffer.from([0]) }
  return Buffer.concat(lines(count, encodeLine(nothing, 0, { scale: 1, left: 0, width, type })))
}

/** Offsets and values of PWG 5102.4, section 4.3.2, "Page Header". */
function headerOf({ dpi, media, type }: RasterPage, width: number, height: number, pages: number): Buffer {
  const header = Buffer.alloc(1796)
  const bits = { sgray_8: [8, 8, 18, 1], srgb_8: [8, 24, 19, 3], black_1: [1, 1, 3, 1] }[type]
  const [perColor = 8, perPixel = 8, space = 18, colors = 1] = bits
  const points = (mm: number): number => Math.round((mm / 25.4) * 72)
  const numbers: readonly (readonly [offset: number, value: number])[] = [
    [276, dpi],
    [280, dpi],
    [340, 1],
    [352, points(media.width)],
    [356, points(media.height)],
    [372, width],
    [376, height],
    [384, perColor],
    [388, perPixel],
    [392, Math.ceil((width * perPixel) / 8)],
    [400, space],
    [420, colors],
    [452, pages],
    [456, 1],
    [460, 1],
    // Normal quality.
    [484, 4],
  ]
  header.write('PwgRaster', 0, 'latin1')
  for (const [offset, value] of numbers) header.writeUInt32BE(value, offset)
  header.write(media.name.slice(0, 63), 1732, 'latin1')
  return header
}
