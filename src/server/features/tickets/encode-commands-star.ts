import type { Commands, TextStyle } from './encode-commands.ts'
import type { Bitmap } from './raster.ts'

const esc = 0x1b
const gs = 0x1d
/** Rows of one `ESC X`: 24 pins. */
const pins = 24

/** Star Line Mode, from Star's "Line Mode Command Specifications". */
export const starCommands: Commands = {
  // ESC @ initialise; ESC R 0 no national variants of ASCII; ESC GS t first page.
  initialise: ({ codePages }) => Buffer.from([esc, 0x40, esc, 0x52, 0, esc, gs, 0x74, codePages[0]!.page]),
  page: ({ page }) => Buffer.from([esc, gs, 0x74, page]),
  style,
  lineEnd: Buffer.from([0x0a]),
  feed: (rows) => Buffer.from([esc, 0x61, rows]),
  picture,
  qr,
  // ESC d 3: feeds to the knife and cuts all but a point.
  finish: ({ cutter }) => (cutter ? Buffer.from([esc, 0x64, 3]) : Buffer.from([esc, 0x61, 4])),
}

/** ESC i size (height first), ESC E / ESC F bold, ESC 4 / ESC 5 white on black. */
function style({ width, height, bold, inverse }: TextStyle): Buffer {
  return Buffer.from([esc, 0x69, height - 1, width - 1, esc, bold ? 0x45 : 0x46, esc, inverse ? 0x34 : 0x35])
}

/** Strips of 24 rows, column by column, fed by exactly their height (`ESC 0`) and the usual feed after them. */
function picture(bitmap: Bitmap): Buffer {
  const width = bitmap.stride * 8
  const parts: Buffer[] = [Buffer.from([esc, 0x30])]
  for (let top = 0; top < bitmap.height; top += pins) {
    parts.push(Buffer.from([esc, 0x58, width & 0xff, width >> 8]), stripOf(bitmap, top), Buffer.from([0x0a]))
  }
  parts.push(Buffer.from([esc, 0x7a, 1]))
  return Buffer.concat(parts)
}

function stripOf({ stride, height, data }: Bitmap, top: number): Buffer {
  const strip = Buffer.alloc(stride * 8 * 3)
  const rows = Math.min(pins, height - top)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < stride * 8; x++) {
      const black = (data[(top + y) * stride + (x >> 3)]! >> (7 - (x & 7))) & 1
      if (black) strip[x * 3 + (y >> 3)]! |= 0x80 >> (y & 7)
    }
  }
  return strip
}

/** ESC GS y: model 2, correction M, size of a module, data, print; in the middle through ESC GS a. */
function qr(text: Buffer, moduleDots: number): Buffer {
  const symbol = (...bytes: number[]) => [esc, gs, 0x79, ...bytes]
  return Buffer.concat([
    Buffer.from([
      esc,
      gs,
      0x61,
      1,
      ...symbol(0x53, 0x30, 2),
      ...symbol(0x53, 0x31, 1),
      ...symbol(0x53, 0x32, moduleDots),
      ...symbol(0x44, 0x31, 0, text.length & 0xff, text.length >> 8),
    ]),
    text,
    Buffer.from([...symbol(0x50), esc, gs, 0x61, 0]),
  ])
}
