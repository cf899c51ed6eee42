import { createCanvas, loadImage } from '@napi-rs/canvas'
import { emptyBitmap, type Bitmap } from './raster.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** A few bytes of PNG can claim to be a wall of pixels. */
const mostPixels = 4096 * 4096
/** A logo is a head, not a page. */
const mostRows = 400

/** Kept by their text: the same logo is on every ticket. */
export class LogoCache {
  readonly #logos = new Map<string, Bitmap | undefined>()

  /** A PNG in base64 as black dots in the middle of the paper; undefined when it cannot be read. */
  async find(png: string, paperDots: number): Promise<Bitmap | undefined> {
    const key = `${paperDots} ${png}`
    if (this.#logos.has(key)) return this.#logos.get(key)
    const bitmap = await drawLogo(Buffer.from(png, 'base64'), paperDots).catch(() => undefined)
    // A device has one shop's logo, at most a few.
    if (this.#logos.size >= 8) this.#logos.clear()
    this.#logos.set(key, bitmap)
    return bitmap
  }
}

async function drawLogo(png: Buffer, paperDots: number): Promise<Bitmap | undefined> {
  if (png.length < 33 || !png.subarray(0, 8).equals(signature)) return undefined
  if (png.readUInt32BE(16) * png.readUInt32BE(20) > mostPixels) return undefined
  const image = await loadImage(png)
  const scale = Math.min(1, paperDots / image.width, mostRows / image.height)
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  const grey = greyOf(context.getImageData(0, 0, width, height).data)
  return dither(grey, width, height, paperDots)
}

/** Rec. 601 luma, 0 black to 255 white. */
function greyOf(pixels: Uint8ClampedArray): Float32Array {
  const grey = new Float32Array(pixels.length / 4)
  for (let at = 0; at < grey.length; at++) {
    grey[at] = 0.299 * pixels[at * 4]! + 0.587 * pixels[at * 4 + 1]! + 0.114 * pixels[at * 4 + 2]!
  }
  return grey
}

/** Floyd and Steinberg's: what a dot is too dark or too light is made good by its neighbours. */
function dither(grey: Float32Array, width: number, height: number, paperDots: number): Bitmap {
  const bitmap = emptyBitmap(paperDots, height)
  const left = Math.floor((paperDots - width) / 2)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const black = grey[at]! < 128
      const error = grey[at]! - (black ? 0 : 255)
      if (black) bitmap.data[y * bitmap.stride + ((left + x) >> 3)]! |= 0x80 >> ((left + x) & 7)
      const hasNext = x + 1 < width
      if (hasNext) grey[at + 1]! += (error * 7) / 16
      if (y + 1 === height) continue
      if (x > 0) grey[at + width - 1]! += (error * 3) / 16
      grey[at + width]! += (error * 5) / 16
      if (hasNext) grey[at + width + 1]! += error / 16
    }
  }
  return bitmap
}
