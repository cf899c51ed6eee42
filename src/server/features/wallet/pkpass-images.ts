import { createCanvas, loadImage, type Image, type SKRSContext2D } from '@napi-rs/canvas'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { cleanText } from './content-lines.ts'
import { defaultLook } from './pkpass-json.ts'

const scales = [1, 2, 3]

/** The pictures of a pass at 1x, 2x and 3x, in the sizes that Wallet asks for. The icon is always there. */
export async function passImages({ look, title }: WalletPass): Promise<Record<string, Buffer>> {
  const logo = look.logo ? await openPicture(look.logo) : undefined
  const photo = look.photo ? await openPicture(look.photo) : undefined
  const background = look.background ?? defaultLook.background
  const files: Record<string, Buffer> = {}
  for (const scale of scales) {
    const name = (kind: string): string => `${kind}${scale === 1 ? '' : `@${scale}x`}.png`
    files[name('icon')] = drawIcon(29 * scale, { logo, background, ...inkOf(look.foreground, title) })
    if (logo) files[name('logo')] = drawLogo(logo, scale)
    if (photo) files[name('thumbnail')] = drawThumbnail(photo, 90 * scale)
  }
  return files
}

function inkOf(foreground: string | undefined, title: string): { ink: string; letter: string } {
  return { ink: foreground ?? defaultLook.foreground, letter: iconLetter(title) }
}

/** What stands on the icon of a card without a logo. */
export function iconLetter(title: string): string {
  const [first] = new Intl.Segmenter(undefined).segment(cleanText(title).trim())
  return (first?.segment ?? '•').toLocaleUpperCase('en')
}

async function openPicture(address: string): Promise<Image | undefined> {
  const data = /^data:image\/(?:png|jpeg);base64,/.test(address)
    ? address.slice(address.indexOf(',') + 1)
    : ''
  return loadImage(Buffer.from(data, 'base64')).catch(() => undefined)
}

interface IconParts {
  logo: Image | undefined
  background: string
  ink: string
  letter: string
}

/** The logo whole on the card's colour; without one, the first letter of the card's name. */
function drawIcon(side: number, { logo, background, ink, letter }: IconParts): Buffer {
  return draw(side, side, (context) => {
    context.fillStyle = background
    context.fillRect(0, 0, side, side)
    if (logo) {
      const { width, height } = fitted(logo, side * 0.9, side * 0.9)
      context.drawImage(logo, (side - width) / 2, (side - height) / 2, width, height)
      return
    }
    context.fillStyle = ink
    context.font = `bold ${side * 0.62}px noto-sans-latin, sans-serif`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(letter, side / 2, side * 0.54)
  })
}

function drawLogo(logo: Image, scale: number): Buffer {
  const { width, height } = fitted(logo, 160 * scale, 50 * scale)
  return draw(width, height, (context) => context.drawImage(logo, 0, 0, width, height))
}

/** The middle of the photo, as a square. */
function drawThumbnail(photo: Image, side: number): Buffer {
  const cut = Math.min(photo.width, photo.height)
  const [x, y] = [(photo.width - cut) / 2, (photo.height - cut) / 2]
  return draw(side, side, (context) => context.drawImage(photo, x, y, cut, cut, 0, 0, side, side))
}

function fitted({ width, height }: Image, most: number, mostHigh: number) {
  const scale = Math.min(most / width, mostHigh / height)
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  }
}

function draw(width: number, height: number, paint: (context: SKRSContext2D) => void): Buffer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  paint(context)
  return canvas.toBuffer('image/png')
}
