import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { adviceFor, contrast } from '#codes/qr/advice.ts'
import type { CodeStyle } from '#codes/qr/code-style.ts'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr } from '#codes/qr/encode-qr.ts'
import { readCodes } from '#test/support/read-codes.ts'

const text = 'https://qrscan.ink/r/spring-menu'

function advice(style: CodeStyle, use: Parameters<typeof adviceFor>[2] = {}) {
  return adviceFor(encodeQr(text, { level: style.ecc ?? 'M' }), style, use)
}

/** What stands under a logo: a plain picture, as dark as the code. */
async function logo(): Promise<string> {
  const canvas = createCanvas(40, 40)
  const context = canvas.getContext('2d')
  context.fillRect(0, 0, 40, 40)
  return `data:image/png;base64,${(await canvas.encode('png')).toString('base64')}`
}

/** As another program draws the finished SVG, at `pixels` a side. */
async function drawn(svg: string, pixels: number): Promise<Buffer> {
  const sized = svg.replace('<svg ', `<svg width="${pixels}" height="${pixels}" `)
  const image = await loadImage(Buffer.from(sized))
  const canvas = createCanvas(pixels, pixels)
  canvas.getContext('2d').drawImage(image, 0, 0, pixels, pixels)
  return canvas.encode('png')
}

describe('advice', () => {
  test('is silent about what is plain', () => {
    expect(advice({}, { pixels: 1024 })).toEqual([])
    expect(advice({ foreground: '#1b3a6b', shape: 'rounded', finder: 'rounded' })).toEqual([])
  })

  test.each([
    [{ foreground: '#ffff00' }, 'contrast_low', 'error', 'foreground'],
    [{ foreground: '#777777' }, 'contrast_weak', 'warning', 'foreground'],
    [{ finder: 'circle' }, 'finder_round', 'warning', 'finder'],
    [{ finder_colour: '#ffcc00' }, 'contrast_low', 'error', 'finder_colour'],
    [{ foreground: '#ffffff', background: '#000000' }, 'inverted', 'error', 'foreground'],
    [{ margin: 3 }, 'quiet_zone_small', 'warning', 'margin'],
    [{ margin: 0 }, 'quiet_zone_missing', 'error', 'margin'],
  ] as const)('on %j is %s, at the field that mends it', (style, code, severity, field) => {
    const [first] = advice(style)
    expect(first).toMatchObject({ code, severity, field })
    const mended = { ...style, [field]: first?.suggestion }
    if (code === 'inverted') Object.assign(mended, { background: style.foreground })
    expect(advice(mended)).toEqual([])
  })

  test('on a small picture says how large it has to be', () => {
    const [first] = advice({}, { pixels: 90 })
    expect(first).toMatchObject({ code: 'modules_small', field: 'size' })
    expect(advice({}, { pixels: Number(first?.suggestion) })).toEqual([])
  })

  test('on a long text names the width it wants on paper', () => {
    const [first] = adviceFor(encodeQr('x'.repeat(500), { level: 'M' }), {})
    expect(first?.message).toMatch(/at least \d+ cm/)
  })

  test('puts errors before warnings', () => {
    expect(advice({ margin: 3, foreground: '#ffff00' }).map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
    ])
  })

  test('on contrast goes by the numbers of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
    expect(contrast('#ffff00', '#ffffff')).toBeCloseTo(1.07, 2)
  })
})

describe('a logo', () => {
  test.each(['L', 'M', 'Q', 'H'] as const)(
    'that the advice lets pass at level %s is read round about; one far over what can be mended is not',
    async (ecc) => {
      const address = await logo()
      const code = encodeQr(text, { level: ecc })
      const read = async (style: CodeStyle) =>
        (await readCodes(await drawn(drawSvg(code, style, { logo: { address, ratio: 1 } }), 400))).join()
      for (let size = 0.1; size <= 0.3; size += 0.02) {
        const style = { ecc, logo_size: size }
        const isRefused = adviceFor(code, style, { logoRatio: 1 }).some(
          ({ severity }) => severity === 'error',
        )
        if (!isRefused) expect(await read(style), `${ecc} ${size}`).toBe(text)
      }
      expect(adviceFor(code, { ecc, logo_size: 0.3 }, { logoRatio: 1 })[0]?.code).toMatch(/^logo/)
      // Half of the width is a quarter of the code, more than any level mends.
      expect(await read({ ecc, logo_size: 0.62 })).toBe('')
    },
  )

  test('is mended by what the advice says, until it says nothing', () => {
    let style: CodeStyle = { ecc: 'L', logo_size: 0.3 }
    for (let step = 0; step < 5; step++) {
      const [first] = advice(style, { logoRatio: 1 })
      if (first === undefined) break
      style = { ...style, [first.field]: first.suggestion }
    }
    expect(advice(style, { logoRatio: 1 })).toEqual([])
  })
})

describe('the SVG', () => {
  test.each([
    {},
    { foreground: '#1b3a6b', background: '#fff7e0' },
    { shape: 'dot', finder: 'circle' },
    { shape: 'rounded', finder: 'rounded', finder_colour: '#8a1c1c', margin: 6 },
  ] as const)('of %j is read when another program draws it, large and small', async (style) => {
    const svg = drawSvg(encodeQr(text, { level: 'Q' }), style)
    for (const pixels of [150, 800]) expect(await readCodes(await drawn(svg, pixels))).toEqual([text])
  })

  test('of a link is small, and the same each time', () => {
    const code = encodeQr('https://qrscan.ink/r/0123456789012345678', { level: 'M' })
    const svg = drawSvg(code, {})
    expect(svg.length).toBeLessThan(1600)
    expect(drawSvg(code, {})).toBe(svg)
  })

  test('keeps a title to itself, whatever it says', () => {
    const svg = drawSvg(encodeQr('x', { level: 'M' }), {}, { title: '</title><script>&\u0000\ud800' })
    expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp;\ufffd\ufffd</title>')
  })

  test('takes no picture but one that is inside', () => {
    const code = encodeQr('x', { level: 'M' })
    for (const address of [
      'https://example.com/x.png',
      'data:image/svg+xml;base64,AAAA',
      'data:image/png;base64,"',
    ])
      expect(() => drawSvg(code, {}, { logo: { address, ratio: 1 } })).toThrow(/no PNG or JPEG/)
  })
})
