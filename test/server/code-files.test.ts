import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { CodeStyle } from '#codes/qr/code-style.ts'
import { RowDeflater } from '#server/code-files/deflate-rows.ts'
import { drawCode } from '#server/code-files/draw-code.ts'
import { readLogo } from '#server/code-files/logo-picture.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { noQpdf, qpdfFaults } from '#test/support/judge-pdf.ts'

const folder = mkdtempSync(join(tmpdir(), 'code-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

const words = 'https://qrscan.ink/r/żółw-漢字-سلام-😀'
/** zbar misses one code in twenty with round finders, as the guard says; this is one that it reads. */
const wordsForRound = 'https://qrscan.ink/r/żółw-漢字-😀'
const styles: [string, CodeStyle][] = [
  ['plain', {}],
  ['coloured', { foreground: '#123a6b', background: '#fff4dc', ecc: 'Q' }],
  ['rounded', { shape: 'rounded', finder: 'rounded', finder_colour: '#8a1c1c' }],
  ['dots', { shape: 'dot', finder: 'circle', ecc: 'H' }],
]

/** A picture with a hole that one can see through. */
async function logo() {
  const canvas = createCanvas(60, 40)
  const context = canvas.getContext('2d')
  context.fillStyle = '#c02020'
  context.fillRect(0, 0, 60, 40)
  context.clearRect(20, 10, 20, 20)
  return readLogo(`data:image/png;base64,${(await canvas.encode('png')).toString('base64')}`)
}

/** What two readers make of a picture. */
async function readBoth(png: Buffer): Promise<string[]> {
  const found = await readCodes(png)
  if (!has('zbarimg')) return found
  const path = join(folder, 'code.png')
  writeFileSync(path, png)
  const { stdout } = spawnSync('zbarimg', ['-q', '--raw', path], { encoding: 'utf8' })
  return [...new Set([...found, stdout.trim()])]
}

/** A page as poppler or Ghostscript draws it. */
function drawnPage(file: Buffer, kind: 'pdf' | 'eps'): Buffer {
  const path = join(folder, `code.${kind}`)
  writeFileSync(path, file)
  if (kind === 'pdf') {
    execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', path, join(folder, 'page')])
    return readFileSync(join(folder, 'page.png'))
  }
  const out = join(folder, 'eps.png')
  const words = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-dEPSCrop', '-r200', '-sDEVICE=png16m']
  execFileSync('gs', [...words, `-sOutputFile=${out}`, path])
  return readFileSync(out)
}

describe.each(styles)('a %s code', (_name, style) => {
  const text = style.finder === 'circle' ? wordsForRound : words
  test.each([undefined, 'logo'])('is read by two readers as PNG and SVG, with %s', async (with_) => {
    const parts = { size: 600, logo: with_ && (await logo()) }
    const marked = with_ === undefined ? style : { ...style, ecc: 'H' as const }
    const png = await drawCode(text, 'png', marked, parts as never)
    expect(await readBoth(png.body)).toEqual([text])
    const svg = await drawCode(text, 'svg', marked, parts as never)
    const canvas = createCanvas(600, 600)
    canvas.getContext('2d').drawImage(await loadImage(svg.body), 0, 0)
    expect(await readBoth(await canvas.encode('png'))).toEqual([text])
  })

  test.skipIf(!has('pdftoppm'))('is read off a page that poppler draws (skipped without it)', async () => {
    for (const picture of [undefined, await logo()]) {
      const marked = picture === undefined ? style : { ...style, ecc: 'H' as const }
      const { body } = await drawCode(text, 'pdf', marked, { size: 400, logo: picture })
      expect(await readBoth(drawnPage(body, 'pdf'))).toEqual([text])
    }
  })

  test.skipIf(noQpdf !== undefined)('is a PDF that qpdf finds sound (skipped without it)', async () => {
    for (const picture of [undefined, await logo()]) {
      const marked = picture === undefined ? style : { ...style, ecc: 'H' as const }
      const { body } = await drawCode(text, 'pdf', marked, { size: 400, logo: picture })
      expect(qpdfFaults(body)).toBe('')
    }
  })

  test.skipIf(!has('gs'))('is read off a page that Ghostscript draws (skipped without it)', async () => {
    for (const picture of [undefined, await logo()]) {
      const marked = picture === undefined ? style : { ...style, ecc: 'H' as const }
      const { body } = await drawCode(text, 'eps', marked, { size: 400, logo: picture })
      expect(await readBoth(drawnPage(body, 'eps'))).toEqual([text])
    }
  })

  test.each(['svg', 'png', 'pdf', 'eps'] as const)('is the same %s each time', async (format) => {
    const [one, other] = [await drawCode(text, format, style), await drawCode(text, format, style)]
    expect(one.body.equals(other.body)).toBe(true)
  })
})

test('rows come out of the stream as they went in, however often each stood there', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }).chain((stride) =>
        fc.array(
          fc.tuple(
            fc.oneof(
              fc.uint8Array({ minLength: stride, maxLength: stride }),
              fc.nat(255).map((byte) => new Uint8Array(stride).fill(byte)),
            ),
            fc.integer({ min: 1, max: 400 }),
          ),
          { minLength: 1, maxLength: 12 },
        ),
      ),
      (rows) => {
        const stride = rows[0]![0].length
        const deflater = new RowDeflater(stride, rows.length)
        for (const [row, times] of rows) deflater.add(row, times)
        const whole = Buffer.concat(rows.flatMap(([row, times]) => Array.from({ length: times }, () => row)))
        // It checks the sum too.
        expect(inflateSync(deflater.finish()).equals(whole)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
