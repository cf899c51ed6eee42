import { crc32, deflateSync } from 'node:zlib'
import encodeQR from 'qr'

/** How a code is drawn. `size` is pixels a side, `margin` modules of quiet zone (the standard asks for four). */
export interface QrCodeOptions {
  ecc: 'L' | 'M' | 'Q' | 'H'
  margin: number
  size: number
  /** `#rrggbb` */
  foreground: string
  background: string
}

export const plainQrCode: QrCodeOptions = {
  ecc: 'M',
  margin: 4,
  size: 1024,
  foreground: '#000000',
  background: '#ffffff',
}

const levels = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const

/** The modules of a code with its quiet zone, true for dark. Throws when the text is too long for any version. */
function matrixOf(text: string, { ecc, margin }: QrCodeOptions): boolean[][] {
  // The library draws at least one module of border; ours is added below.
  const bordered = encodeQR(text, 'raw', { ecc: levels[ecc], border: 1 })
  const core = bordered.slice(1, -1).map((row) => row.slice(1, -1))
  const width = core.length + 2 * margin
  const blank = () => Array.from({ length: width }, () => false)
  const side = Array.from({ length: margin }, () => false)
  const rows = core.map((row) => [...side, ...row, ...side])
  return [...Array.from({ length: margin }, blank), ...rows, ...Array.from({ length: margin }, blank)]
}

/** One path of runs, crisp at any size. */
export function drawSvg(text: string, options: QrCodeOptions): string {
  const matrix = matrixOf(text, options)
  const width = matrix.length
  const runs = matrix.flatMap((row, y) =>
    runsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1H${from}z`),
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${options.size}" height="${options.size}" ` +
    `viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${width}" fill="${options.background}"/>` +
    `<path fill="${options.foreground}" d="${runs.join('')}"/></svg>\n`
  )
}

function runsOf(row: boolean[]): [number, number][] {
  const runs: [number, number][] = []
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue
    const from = x
    while (row[x]) x++
    runs.push([from, x])
  }
  return runs
}

/**
 * A PNG of one bit a pixel with a two-colour palette. Every module is the same whole number of pixels, so nothing
 * blurs; what is left of `size` becomes quiet zone. A size too small for one pixel a module is enlarged to it.
 */
export function drawPng(text: string, options: QrCodeOptions): Buffer {
  const matrix = matrixOf(text, options)
  const scale = Math.max(1, Math.floor(options.size / matrix.length))
  const size = Math.max(options.size, matrix.length * scale)
  const offset = Math.floor((size - matrix.length * scale) / 2)
  const stride = 1 + Math.ceil(size / 8)
  const raw = Buffer.alloc(stride * size)
  matrix.forEach((row, y) => {
    const line = Buffer.alloc(stride)
    for (const [from, to] of runsOf(row)) {
      for (let x = offset + from * scale; x < offset + to * scale; x++) line[1 + (x >> 3)]! |= 0x80 >> (x & 7)
    }
    for (let copy = 0; copy < scale; copy++) line.copy(raw, (offset + y * scale + copy) * stride)
  })
  return encodePng(size, raw, options)
}

/** PNG, third edition: signature, IHDR (bit depth 1, palette), PLTE, IDAT, IEND. */
function encodePng(size: number, raw: Buffer, { foreground, background }: QrCodeOptions): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([1, 3, 0, 0, 0], 8)
  const palette = Buffer.from(background.slice(1) + foreground.slice(1), 'hex')
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(raw, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
