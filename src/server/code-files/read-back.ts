import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import {
  prepareZXingModule,
  readBarcodes,
  ZXING_CPP_COMMIT,
  type ReaderOptions,
  type ReadResult,
} from 'zxing-wasm/reader'
import type { QrReceipt } from '#contract/qr-codes.ts'
import { rasterOfStrokes, type Raster } from './raster-of-strokes.ts'

const fast: ReaderOptions = {
  formats: ['QRCode'],
  isPure: true,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
}
const thorough: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 }

/** Pixels a module that are enough for the reader; more take it longer and tell it nothing. */
const enough = 3

/** Makes the reader ready; without its own file it would ask the network for one. */
export async function prepareReader(wasm: string): Promise<void> {
  const wasmBinary = new Uint8Array(readFileSync(wasm)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/**
 * Reads a finished PNG with a reader that shares no code with what drew it, and compares what it says byte for byte
 * with what was meant. A picture of two colours is made smaller first by leaving out pixels, nothing else.
 */
export async function readBack(png: Buffer, text: string): Promise<QrReceipt> {
  const raster = quickRasterOf(png)
  const quick = raster === undefined ? [] : await readBarcodes(raster, fast)
  const [found] = quick.length > 0 ? quick : await readBarcodes(png, thorough)
  return receiptOf(found, png, text)
}

/**
 * Reads the plain code in a finished SVG or HTML file: the strokes that stand in the file are painted, not those that
 * somebody meant to write. A file in which there are none is not read.
 */
export async function readBackStrokes(file: Buffer, text: string): Promise<QrReceipt> {
  const raster = rasterOfStrokes(file.toString())
  const [found] = raster === undefined ? [] : await readBarcodes(raster, fast)
  return receiptOf(found, file, text)
}

function receiptOf(found: ReadResult | undefined, file: Buffer, text: string): QrReceipt {
  return {
    // A file that the reader cannot open is a finding too, one without bytes.
    read: found?.isValid === true && Buffer.from(text.toWellFormed()).equals(found.bytes),
    reader: `zxing-cpp ${ZXING_CPP_COMMIT.slice(0, 10)}`,
    version: Number(found?.version || 0),
    ecc: (found?.ecLevel || 'L') as QrReceipt['ecc'],
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  }
}

/** A picture that cannot be taken apart here is left to the reader's own way of opening it. */
function quickRasterOf(png: Buffer): Raster | undefined {
  try {
    return rasterOf(png)
  } catch {
    return undefined
  }
}

/** The pixels of a PNG of one bit a pixel, unfiltered and whole, as many as are enough; undefined for any other. */
function rasterOf(png: Buffer): Raster | undefined {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, colour, , , interlace] = png.subarray(24, 29)
  if (depth !== 1 || interlace !== 0) return undefined
  const [palette, data] = [chunkOf(png, 'PLTE'), chunkOf(png, 'IDAT')]
  if (data === undefined || (colour !== 0 && palette === undefined)) return undefined
  const stride = 1 + Math.ceil(width / 8)
  // One piece of the right size, and no more than a picture of this size can be.
  const rows = inflateSync(data, {
    chunkSize: Math.max(64, stride * height),
    maxOutputLength: stride * height,
  })
  for (let y = 0; y < height; y++) if (rows[y * stride] !== 0) return undefined
  const step = Math.max(1, Math.floor(smallestRun(rows, stride, width, height) / enough))
  const shades = colour === 0 ? [0, 255] : [greyOf(palette!, 0), greyOf(palette!, 3)]
  return reduced(rows, stride, Math.floor(width / step), Math.floor(height / step), step, shades)
}

/** The first chunk of a kind, where there is just one. */
function chunkOf(png: Buffer, wanted: string): Buffer | undefined {
  let found: Buffer | undefined
  for (let at = 8; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === wanted) {
      if (found) return undefined
      found = png.subarray(at + 8, at + 8 + length)
    }
    at += length + 12
  }
  return found
}

/** The least number of equal pixels beside each other in some rows: what a module is wide, or less. */
function smallestRun(rows: Buffer, stride: number, width: number, height: number): number {
  let smallest = width
  for (let y = 0; y < height; y += Math.max(1, height >> 4)) {
    let [last, from] = [-1, 0]
    for (let x = 0; x < width; x++) {
      const bit = (rows[y * stride + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1
      if (bit === last) continue
      if (last !== -1 && from > 0) smallest = Math.min(smallest, x - from)
      ;[last, from] = [bit, x]
    }
  }
  return smallest
}

function reduced(
  rows: Buffer,
  stride: number,
  width: number,
  height: number,
  step: number,
  shades: readonly number[],
): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  const words = new Uint32Array(data.buffer)
  const colours = shades.map((shade) => 0xff00_0000 + shade * 0x01_0101)
  for (let y = 0; y < height; y++) {
    const row = y * step * stride + 1
    for (let x = 0; x < width; x++) {
      const at = x * step
      words[y * width + x] = colours[(rows[row + (at >> 3)]! >> (7 - (at & 7))) & 1]!
    }
  }
  return { data, width, height, colorSpace: 'srgb' }
}

/** Rec. 601, as the reader weighs colours. */
function greyOf(palette: Buffer, at: number): number {
  const [red = 0, green = 0, blue = 0] = palette.subarray(at, at + 3)
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
}
