/** Black dots as a printer takes them: rows of whole bytes, the highest bit at the left. */
export interface Bitmap {
  /** Bytes in a row: eight dots each. */
  stride: number
  height: number
  data: Buffer
}

export function emptyBitmap(dots: number, height: number): Bitmap {
  const stride = Math.ceil(dots / 8)
  return { stride, height, data: Buffer.alloc(stride * height) }
}

/** The pictures one below the other, as wide as the widest. */
export function stackBitmaps(bitmaps: readonly Bitmap[]): Bitmap {
  const stride = Math.max(...bitmaps.map((bitmap) => bitmap.stride))
  const height = bitmaps.reduce((sum, bitmap) => sum + bitmap.height, 0)
  const data = Buffer.alloc(stride * height)
  let row = 0
  for (const bitmap of bitmaps) {
    for (let y = 0; y < bitmap.height; y++, row++) {
      bitmap.data.copy(data, row * stride, y * bitmap.stride, (y + 1) * bitmap.stride)
    }
  }
  return { stride, height, data }
}

/** Without the white at its right: fewer bytes on a slow line, the same dots on paper. */
export function trimBitmap({ stride, height, data }: Bitmap): Bitmap {
  let used = 1
  for (let y = 0; y < height; y++) {
    let x = stride - 1
    while (x >= used && data[y * stride + x] === 0) x--
    used = Math.max(used, x + 1)
  }
  const rows = Array.from({ length: height }, (_, y) => data.subarray(y * stride, y * stride + used))
  return { stride: used, height, data: Buffer.concat(rows) }
}

/** Rows from one up to, and without, another. */
export function sliceBitmap({ stride, height, data }: Bitmap, from: number, to: number): Bitmap {
  const end = Math.min(to, height)
  return { stride, height: end - from, data: data.subarray(from * stride, end * stride) }
}

/**
 * Fills black where the canvas is covered by more than the threshold (0 to 255). `pixels` are RGBA of a drawing
 * in black on nothing, so that only the fourth byte tells.
 */
export function bitmapOf(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  threshold: number,
): Bitmap {
  const bitmap = emptyBitmap(width, height)
  const { stride, data } = bitmap
  let alpha = 3
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, alpha += 4) {
      if (pixels[alpha]! > threshold) data[y * stride + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return bitmap
}
