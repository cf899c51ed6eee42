import type { Commands, TextStyle } from './encode-commands.ts'
import { sliceBitmap, trimBitmap, type Bitmap } from './raster.ts'
import { withoutRealTimeCommands } from './real-time-commands.ts'

const esc = 0x1b
const gs = 0x1d
/** Rows of one `GS v 0`: small enough for the smallest buffer, so that a job that dies leaves little to swallow. */
const bandRows = 128

/** ESC/POS as Epson documents it and as its many clones follow it. */
export const escposCommands: Commands = {
  // ESC @ initialise; FS . one byte is one character; ESC R 0 no national variants of ASCII; ESC t first page.
  initialise: ({ codePages, multibyte }) =>
    Buffer.from([esc, 0x40, ...(multibyte ? [0x1c, 0x2e] : []), esc, 0x52, 0, esc, 0x74, codePages[0]!.page]),
  page: ({ page }) => Buffer.from([esc, 0x74, page]),
  style,
  lineEnd: Buffer.from([0x0a]),
  feed: (rows) => Buffer.from([esc, 0x64, rows]),
  picture,
  qr,
  // GS V 66: feeds until the last row is past the knife, then cuts all but a point.
  finish: ({ cutter }) => (cutter ? Buffer.from([gs, 0x56, 66, 0]) : Buffer.from([esc, 0x64, 4])),
}

/** GS ! size, ESC E bold, GS B white on black. */
function style({ width, height, bold, inverse }: TextStyle): Buffer {
  const size = ((width - 1) << 4) | (height - 1)
  return Buffer.from([gs, 0x21, size, esc, 0x45, bold ? 1 : 0, gs, 0x42, inverse ? 1 : 0])
}

function picture(bitmap: Bitmap): Buffer {
  const trimmed = trimBitmap(bitmap)
  const parts: Buffer[] = []
  for (let row = 0; row < trimmed.height; row += bandRows) {
    const band = sliceBitmap(trimmed, row, row + bandRows)
    parts.push(
      Buffer.from([gs, 0x76, 0x30, 0, band.stride & 0xff, band.stride >> 8, band.height, 0]),
      withoutRealTimeCommands(band.data),
    )
  }
  return Buffer.concat(parts)
}

/** GS ( k: model 2, size of a module, correction M, store, print; in the middle through ESC a. */
function qr(text: Buffer, moduleDots: number): Buffer {
  const length = text.length + 3
  const symbol = (...bytes: number[]) => [gs, 0x28, 0x6b, ...bytes]
  return Buffer.concat([
    Buffer.from([
      esc,
      0x61,
      1,
      ...symbol(4, 0, 0x31, 0x41, 0x32, 0),
      ...symbol(3, 0, 0x31, 0x43, moduleDots),
      ...symbol(3, 0, 0x31, 0x45, 0x31),
      ...symbol(length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    ]),
    text,
    Buffer.from([...symbol(3, 0, 0x31, 0x51, 0x30), esc, 0x61, 0]),
  ])
}
