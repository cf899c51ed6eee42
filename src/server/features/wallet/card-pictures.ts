import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { CardPicture } from './vcard.ts'

/** Pixels a side that an address book shows; larger ones make cards that telephones refuse. */
const mostPixels = 512
/** Bytes up to which a picture goes along as it came. */
const smallEnough = 60_000
/** What a picture may take in memory once it is opened. */
const mostOpened = 50_000_000

const form = /^data:(image\/png|image\/jpeg);base64,([A-Za-z0-9+/]+=*)$/

/** A sentence about a `data:` address that is no picture; undefined for one that is. */
export async function pictureProblem(address: string): Promise<string | undefined> {
  const read = readAddress(address)
  if (!read) return 'The picture is no PNG or JPEG. Choose another one.'
  const image = await loadImage(read.data).catch(() => undefined)
  if (!image) return 'The picture cannot be opened. Choose another one.'
  if (image.width * image.height > mostOpened)
    return 'The picture is too large. Take one below 50 megapixels.'
  return undefined
}

function readAddress(address: string): CardPicture | undefined {
  const [, type, data] = form.exec(address) ?? []
  if (type === undefined || data === undefined) return undefined
  return { type: type as CardPicture['type'], data: Buffer.from(data, 'base64') }
}

/** A picture as it goes into a card: as it came where it is small, else as a JPEG of fewer pixels. */
export async function fitPicture(address: string | null | undefined): Promise<CardPicture | undefined> {
  const picture = address ? readAddress(address) : undefined
  if (!picture || picture.data.length <= smallEnough) return picture
  const image = await loadImage(picture.data).catch(() => undefined)
  if (!image) return undefined
  const scale = Math.min(1, mostPixels / Math.max(image.width, image.height))
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)))
  const canvas = createCanvas(width!, height!)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width!, height!)
  context.drawImage(image, 0, 0, width!, height!)
  return { type: 'image/jpeg', data: canvas.toBuffer('image/jpeg', 85) }
}
