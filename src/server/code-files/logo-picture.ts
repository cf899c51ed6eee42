import { createCanvas, loadImage } from '@napi-rs/canvas'

/** A logo ready to be drawn on labels. */
export interface LogoPicture {
  /** As it came, a `data:` address of a PNG or JPEG. */
  address: string
  width: number
  height: number
  /** Three bytes a pixel, and one of opacity; the latter is missing where nothing shows through. */
  colours: Buffer
  opacity: Buffer | undefined
}

/** More pixels a side are not seen at the size of a label. */
const most = 400

/** Takes a `data:` address apart. Throws an Error whose message is for people. */
export async function readLogo(address: string): Promise<LogoPicture> {
  if (!/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/.test(address)) {
    throw new Error('The logo is no PNG or JPEG. Choose another picture.')
  }
  const image = await loadImage(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')).catch(
    (error: unknown) => {
      throw new Error('The logo cannot be opened. Choose another picture.', { cause: error })
    },
  )
  const scale = Math.min(1, most / Math.max(image.width, image.height))
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)))
  const canvas = createCanvas(width!, height!)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0, width!, height!)
  const { data } = context.getImageData(0, 0, width!, height!)
  const colours = Buffer.alloc(width! * height! * 3)
  const opacity = Buffer.alloc(width! * height!)
  for (let pixel = 0; pixel < opacity.length; pixel++) {
    colours.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3)
    opacity[pixel] = data[pixel * 4 + 3]!
  }
  const isOpaque = opacity.every((value) => value === 255)
  return { address, width: width!, height: height!, colours, opacity: isOpaque ? undefined : opacity }
}
