import PosEncoder from '@point-of-sale/receipt-printer-encoder'
import { expect, test } from 'vitest'
import { commandsOf } from '#server/features/tickets/encode-commands.ts'
import { encodeDrawerPulse } from '#server/features/tickets/encode-drawer-pulse.ts'
import { profileOf } from './sample-ticket.ts'

/** Both of our languages, and what the independent encoder calls them. */
const languages = [
  ['esc-pos', profileOf('epson-tm-t20')],
  ['star-line', profileOf('star-tsp650')],
] as const

const width = 64
/** It takes heights in eights. */
const height = 48
const isBlack = (x: number, y: number) => (x * 7 + y * 3) % 5 < 2

function peer(language: 'esc-pos' | 'star-line') {
  return new PosEncoder({ language, columns: 48, imageMode: 'raster' })
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

test.each(languages)('in %s a picture has the same dots in the same commands', (language, profile) => {
  const data = Buffer.alloc((width / 8) * height)
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isBlack(x, y)) continue
      data[y * (width / 8) + (x >> 3)]! |= 0x80 >> (x & 7)
      pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  const image = { data: pixels, width, height } as unknown as ImageData
  const judged = hexOf(peer(language).image(image, width, height, 'threshold').encode())
  const ours = hexOf(commandsOf(profile).picture({ stride: width / 8, height, data }))
  expect(judged.replaceAll('0a0d', '0a')).toContain(ours.replaceAll('0a0d', '0a'))
})

test.each(languages)('in %s a code has the same commands', (language, profile) => {
  const judged = hexOf(
    peer(language).qrcode('https://qrscan.ink', { model: 2, size: 5, errorlevel: 'm' }).encode(),
  )
  const ours = hexOf(commandsOf(profile).qr(Buffer.from('https://qrscan.ink'), 5))
  // They set the same things in another order.
  const parts = (hex: string) =>
    hex.split(/(?=1d286b|1b1d79)/).filter((part) => /^(1d286b|1b1d79)/.test(part))
  const bare = (part: string) => part.replace(/(0a0d|1b6100|1b1d6100)$/, '')
  expect(parts(ours).map(bare).toSorted()).toEqual(parts(judged).map(bare).toSorted())
})

test.each(languages)('in %s large, bold and white on black are the same commands', (language, profile) => {
  const judged = hexOf(peer(language).bold(true).invert(true).width(3).height(2).text('A').encode())
  const ours = hexOf(commandsOf(profile).style({ width: 3, height: 2, bold: true, inverse: true }))
  const size = language === 'esc-pos' ? ['1d2121', '1b4501', '1d4201'] : ['1b690102', '1b45', '1b34']
  for (const command of size) {
    expect(judged).toContain(command)
    expect(ours).toContain(command)
  }
})

test.each(languages)('in %s a drawer is opened by the same kick', (language, profile) => {
  for (const [index, pin] of ([0, 1] as const).entries()) {
    const judged = hexOf(peer(language).pulse(index, 100, 500).encode())
    expect(judged).toContain(hexOf(encodeDrawerPulse(profile, pin)))
  }
})
