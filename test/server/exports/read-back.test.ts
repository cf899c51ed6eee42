import { createCanvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeConfig } from '#server/entry-config.ts'
import { prepareReader, readBack, readBackStrokes } from '#server/code-files/read-back.ts'
import type { CodeStyle } from '#codes/qr/code-style.ts'
import { codeOf, drawCode } from '#server/code-files/draw-code.ts'
import { writePlainPng } from '#server/code-files/write-png.ts'

const text = 'https://qrscan.ink/r/read-back'
const draw = (what: string, { size = 512, ...style }: CodeStyle & { size?: number } = {}) =>
  writePlainPng(codeOf(what, style, false), style, size)

describe('what is read off a finished code', () => {
  beforeAll(() => prepareReader(makeConfig({}).readerWasm))

  it.each([64, 100, 512, 1023, 4096])('is its text, at %i pixels a side', async (size) => {
    expect(await readBack(draw(text, { size }), text)).toMatchObject({ read: true, version: 3, ecc: 'M' })
  })

  it('is told with the sum of the very file that was read', async () => {
    const { sha256, bytes, reader } = await readBack(draw(text), text)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(bytes).toBe(draw(text).length)
    expect(reader).toMatch(/^zxing-cpp /)
  })

  it('is compared byte for byte', async () => {
    expect((await readBack(draw(text), `${text} `)).read).toBe(false)
    expect((await readBack(draw(text), text.toUpperCase())).read).toBe(false)
  })

  it.each(['Grüße', 'Привет', 'مرحبا', '你好', '🎉👩‍🚀'])('is %s, in any script', async (words) => {
    expect((await readBack(draw(words), words)).read).toBe(true)
  })

  it('is nothing where the colours are too much alike', async () => {
    const pale = draw(text, { foreground: '#fffffd', background: '#ffffff' })
    expect((await readBack(pale, text)).read).toBe(false)
    const coloured = draw(text, { foreground: '#1d3557', background: '#f1faee' })
    expect((await readBack(coloured, text)).read).toBe(true)
  })

  it('is nothing where half of the code is covered', async () => {
    const canvas = createCanvas(512, 512)
    const context = canvas.getContext('2d')
    context.drawImage(await loadImage(draw(text)), 0, 0)
    // A picture of another kind than ours is read as well, slower.
    expect((await readBack(canvas.toBuffer('image/png'), text)).read).toBe(true)
    context.fillStyle = '#fff'
    context.fillRect(0, 200, 512, 200)
    expect((await readBack(canvas.toBuffer('image/png'), text)).read).toBe(false)
  })

  it('is nothing where the file is broken', async () => {
    const broken = draw(text)
    broken.fill(0, 60, 200)
    expect((await readBack(broken, text)).read).toBe(false)
  })
})

describe('what is read off the strokes in a file', () => {
  const svg = () => drawCode(text, 'svg', {}).then(({ body }) => body.toString())
  const read = async (file: string) => (await readBackStrokes(Buffer.from(file), text)).read
  beforeAll(() => prepareReader(makeConfig({}).readerWasm))

  it('is the text of the code, in an SVG and in a page around it', async () => {
    expect(await read(await svg())).toBe(true)
    expect(await read(`<!doctype html><p>1h2h3</p>${await svg()}`)).toBe(true)
    expect((await readBackStrokes(Buffer.from(await svg()), `${text}/`)).read).toBe(false)
  })

  it('is nothing where strokes were lost, moved or never drawn', async () => {
    const whole = await svg()
    const path = /crispEdges" d="([^"]+)"/.exec(whole)![1]!
    const half = path.slice(0, path.length / 2)
    expect(await read(whole.replace(path, half))).toBe(false)
    expect(await read(whole.replace(path, path.replaceAll('h1', 'h2')))).toBe(false)
    expect(await read(whole.replace(path, ''))).toBe(false)
    expect(await read(whole.replace('#000000', '#fffffe'))).toBe(false)
    expect(await read('<p>No code at all</p>')).toBe(false)
  })

  it('is never more than the reader says, whatever stands in the path', async () => {
    const whole = await svg()
    const path = /crispEdges" d="([^"]+)"/.exec(whole)![1]!
    for (const odd of ['M', 'M1', 'M1 ', 'h', 'M-5 -5h999999', 'M1 1h9e9', 'Z', 'M0 0.5h-4', '☃'.repeat(9)]) {
      expect(await read(whole.replace(path, odd))).toBe(false)
    }
  })
})
