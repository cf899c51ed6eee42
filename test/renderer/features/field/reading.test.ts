import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { aimingBox } from '#renderer/features/field/aiming-box.ts'
import { carrierText } from '#renderer/features/field/carrier-text.ts'
import { GS } from '#renderer/features/field/key-tokens.ts'
import { testCode } from '#renderer/features/field/scanner-profile.ts'
import { SightMemory } from '#renderer/features/field/sight-memory.ts'
import { linearPath, matrixPath, testLinear, testMatrix } from '#renderer/features/field/test-codes.ts'
import { drawPicture, type FilmedCode } from '#test/page/goods-film.ts'

beforeAll(async () => {
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = new Uint8Array(readFileSync(path)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
})

async function read(png: Uint8Array): Promise<string[]> {
  return (await readBarcodes(png, { tryHarder: true })).map(carrierText)
}

/** What a path of squares and bars shows, as a picture. */
function drawPath(path: string, width: number, height: number, unit: number, tall: number): Buffer {
  const [across, down] = [(width + 24) * unit, height * tall + 24 * unit]
  const canvas = createCanvas(across, down)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, across, down)
  context.fillStyle = '#000'
  for (const [, x, y, w] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    context.fillRect((Number(x) + 12) * unit, Number(y) * tall + 12 * unit, Number(w) * unit, tall)
  return canvas.toBuffer('image/png')
}

describe('the test codes of the set-up page', () => {
  const wanted = `${testCode.before}${GS}${testCode.after}`

  it('are a GS1 DataMatrix and a GS1-128 of what the page expects', async () => {
    const matrix = drawPath(matrixPath(testMatrix), testMatrix.length, testMatrix.length, 6, 6)
    expect(await read(matrix)).toEqual([`]d2${wanted}`])
    const { path, width } = linearPath(testLinear)
    expect(await read(drawPath(path, width, 1, 3, 120))).toEqual([`]C1${wanted}`])
  })
})

describe('a code that was read', () => {
  const gtin = '09506000134352'
  it.each<[FilmedCode['kind'], string, string]>([
    ['gs1datamatrix', `(01)${gtin}(10)A1(21)7`, `]d201${gtin}10A1${GS}217`],
    ['gs1-128', `(01)${gtin}(10)A1`, `]C101${gtin}10A1`],
    ['ean13', '9506000134352', ']E09506000134352'],
    ['qrcode', `https://id.gs1.org/01/${gtin}`, `]Q1https://id.gs1.org/01/${gtin}`],
  ])('in a %s comes as a scanner would send it', async (kind, text, sent) => {
    expect(await read(drawPicture([{ kind, text, width: 400 }]))).toEqual([sent])
  })

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Uint8Array.of(0x31, 0x30, 0xe9)
    expect(carrierText({ isValid: true, symbologyIdentifier: ']d1', bytes, text: '' })).toBe(']d110é')
  })
})

describe('the frame', () => {
  it('is cut to at most 640 by 480 around the middle, whatever the camera', () => {
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
      [640, 480],
      [720, 1280],
      [3840, 2160],
    ] as const) {
      const box = aimingBox(width, height)
      expect(box.scaledWidth).toBeLessThanOrEqual(640)
      expect(box.scaledHeight).toBeLessThanOrEqual(480)
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.y).toBeGreaterThanOrEqual(0)
      expect(Math.abs(box.x * 2 + box.width - width)).toBeLessThanOrEqual(1)
      expect(Math.abs(box.y * 2 + box.height - height)).toBeLessThanOrEqual(1)
    }
  })

  it('of 720 lines keeps every pixel of the box', () => {
    expect(aimingBox(1280, 720)).toMatchObject({ width: 640, height: 480, scaledWidth: 640 })
  })
})

describe('a code in sight', () => {
  it('is a scan once, and again after it was out of sight', () => {
    const memory = new SightMemory()
    expect(memory.fresh(['a'], 0)).toEqual(['a'])
    for (let now = 70; now < 3_000; now += 70) expect(memory.fresh(['a'], now)).toEqual([])
    expect(memory.fresh(['a', 'b'], 3_000)).toEqual(['b'])
    expect(memory.fresh([], 4_000)).toEqual([])
    expect(memory.fresh(['a'], 5_000)).toEqual(['a'])
  })

  it('of another item counts again when somebody goes back to it, and not while both stay in sight', () => {
    const memory = new SightMemory()
    memory.fresh(['a', 'b'], 0)
    for (let now = 70; now < 2_000; now += 70) expect(memory.fresh(['a', 'b'], now, ['a'])).toEqual([])
    expect(memory.fresh(['a', 'b'], 2_500, ['a'])).toEqual(['b'])
  })
})
