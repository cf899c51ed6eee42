import { createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandsOf } from '#server/features/tickets/encode-commands.ts'
import { LogoCache } from '#server/features/tickets/raster-logo.ts'
import { drawQr, moduleDotsFor } from '#server/features/tickets/raster-qr.ts'
import type { Bitmap } from '#server/features/tickets/raster.ts'
import { findRealTimeCommand } from '#server/features/tickets/real-time-commands.ts'
import { pictures } from './read-commands.ts'
import { profileOf } from './sample-ticket.ts'

const epson = profileOf('epson-tm-t20')
const encode = (bitmap: Bitmap) => commandsOf(epson).picture(bitmap)

test('a picture longer than a band is cut into bands and is the same picture', () => {
  const data = Buffer.from(Array.from({ length: 72 * 300 }, (_, index) => ((index * 37) % 251) | 0x80))
  const found = pictures(encode({ stride: 72, height: 300, data }))
  expect(found).toHaveLength(1)
  expect({ ...found[0], data: Buffer.compare(found[0]!.data, data) }).toEqual({
    stride: 72,
    height: 300,
    data: 0,
  })
})

test('dots that would read as a command in real time get one dot more, within rows and from row to row', () => {
  const data = Buffer.from([0x10, 0x04, 0x01, 0xff, 0x10, 0x14, 0x00, 0x10, 0x05, 0x02, 0xff, 0x10])
  const bytes = encode({ stride: 4, height: 3, data })
  expect(findRealTimeCommand(bytes)).toBe(-1)
  const seen = pictures(bytes)[0]!.data
  expect(seen.toString('hex')).toBe('180401ff181400180502ff10')
})

test('no picture holds a command in real time, whatever is in it', () => {
  const risky = fc.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0x00), {
    minLength: 8,
    maxLength: 400,
  })
  fc.assert(
    fc.property(risky, fc.integer({ min: 1, max: 8 }), (bytes, stride) => {
      const height = Math.floor(bytes.length / stride)
      const data = Buffer.from(bytes.slice(0, stride * height))
      const [picture] = pictures(encode({ stride, height, data }))
      expect(findRealTimeCommand(encode({ stride, height, data }))).toBe(-1)
      // Dots may be added, none is taken away.
      const { stride: kept } = picture!
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < kept; x++) {
          const [before, after] = [data[y * stride + x]!, picture!.data[y * kept + x]!]
          expect(after & before).toBe(before)
        }
      }
    }),
  )
})

test('a code is as wide as its text needs, in the middle, with its quiet zone', () => {
  const moduleDots = moduleDotsFor(24, 576)!
  expect(moduleDots).toBeGreaterThanOrEqual(6)
  const code = drawQr('https://qrscan.ink/r/abc', 576, moduleDots)
  expect(code.data.subarray(0, code.stride * 4 * moduleDots).every((byte) => byte === 0)).toBe(true)
  expect(moduleDotsFor(5000, 576)).toBeUndefined()
})

test('a module of a code never takes more of the paper than there is', () => {
  for (const dots of [384, 512, 576]) {
    for (let length = 1; length < 2400; length += 7) {
      const moduleDots = moduleDotsFor(length, dots)
      if (moduleDots === undefined) continue
      expect(drawnSide(length) * moduleDots).toBeLessThanOrEqual(dots)
    }
  }
})

/** ISO/IEC 18004: bytes at correction M by version, in a few steps; modules with a quiet zone of four. */
function drawnSide(length: number): number {
  const steps = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213]
  const version = steps.findIndex((capacity) => length <= capacity) + 1
  return version === 0 ? 0 : 17 + 4 * version + 8
}

function logoOf(width: number, height: number, colour: string): string {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = colour
  context.fillRect(0, 0, width, height)
  return canvas.toBuffer('image/png').toString('base64')
}

test('a logo is in the middle, and grey is as many black dots as it is dark', async () => {
  const logo = (await new LogoCache().find(logoOf(96, 64, '#808080'), 384))!
  let black = 0
  for (const byte of logo.data) for (let bits = byte; bits > 0; bits &= bits - 1) black++
  expect(black / (96 * 64)).toBeCloseTo(0.5, 1)
  expect(logo.stride).toBe(48)
  expect(logo.data.subarray(0, 18).every((byte) => byte === 0)).toBe(true)
})

test('a logo wider than the paper is made smaller', async () => {
  const logo = (await new LogoCache().find(logoOf(1000, 100, '#000'), 384))!
  expect(logo).toMatchObject({ stride: 48, height: 38 })
})

test('what is no PNG, or claims to be a wall of pixels, is no logo', async () => {
  const logos = new LogoCache()
  expect(await logos.find('bm90IGEgcG5n', 384)).toBeUndefined()
  const bomb = Buffer.from(logoOf(8, 8, '#000'), 'base64')
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  expect(await logos.find(bomb.toString('base64'), 384)).toBeUndefined()
  expect(
    await logos.find(
      Buffer.from(logoOf(8, 8, '#000'), 'base64')
        .subarray(0, 50)
        .toString('base64'),
      384,
    ),
  ).toBeUndefined()
})
