import type { CodeLogo } from '#codes/qr/code-style.ts'

/** More pixels a side are not seen in the middle of a code. */
const most = 400

/**
 * A logo out of any picture that the browser opens, as a small PNG: what is embedded in files that leave the house is
 * pixels and nothing else. Rejects where the file is no picture.
 */
export async function readPicture(file: File): Promise<CodeLogo> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    // A drawing in lines may have no size of its own.
    const [wide, high] = [image.naturalWidth || most, image.naturalHeight || most]
    const scale = Math.min(1, most / Math.max(wide, high))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(wide * scale))
    canvas.height = Math.max(1, Math.round(high * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return { address: canvas.toDataURL('image/png'), ratio: canvas.height / canvas.width }
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** The ratio of a logo that was kept. */
export async function readKept(address: string): Promise<CodeLogo> {
  const image = new Image()
  image.src = address
  await image.decode()
  return { address, ratio: image.naturalHeight / image.naturalWidth }
}

/** An SVG as a PNG of `size` pixels a side, for the clipboard. */
export async function pictureOf(svg: string, size: number): Promise<Blob> {
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))))
  })
}
