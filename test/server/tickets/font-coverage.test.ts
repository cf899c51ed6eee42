import { readdirSync, readFileSync } from 'node:fs'
import { createCanvas } from '@napi-rs/canvas'
import * as fontkit from 'fontkit'
import { describe, expect, test } from 'vitest'
import { fontCoverage } from '#server/features/tickets/font-coverage.ts'
import { TicketFonts } from '#server/features/tickets/fonts.ts'

const fontDir = `${import.meta.dirname}/../../../node_modules/@fontsource`

/** Every file of the small fonts, and some of the hundreds of the Chinese, Japanese and Korean. */
const files = readdirSync(fontDir)
  .flatMap((name) =>
    readdirSync(`${fontDir}/${name}/files`).map((file) => `${fontDir}/${name}/files/${file}`),
  )
  .filter((file) => file.endsWith('-400-normal.woff2'))
  .filter((file, at) => !/-(sc|jp|kr)-\d/.test(file) || at % 12 === 0)

describe('what a font holds', () => {
  test.each(files.map((file) => [file.slice(file.lastIndexOf('/') + 1), file]))(
    'is what another reader finds in %s',
    (_name, file) => {
      const bytes = readFileSync(file)
      const holds = fontCoverage(bytes)
      const theirs = new Set((fontkit.create(bytes) as fontkit.Font).characterSet)
      const differing: number[] = []
      // The end mark of every table is no character.
      theirs.delete(0xffff)
      for (let code = 0; code < 0x20000; code++) if (holds(code) !== theirs.has(code)) differing.push(code)
      expect(differing).toEqual([])
    },
  )

  test('is not asked of what is no font', () => {
    expect(() => fontCoverage(Buffer.from('a page that says 404, and more words'))).toThrow(/no WOFF2/)
  })
})

describe('a letter on paper', () => {
  const fonts = new TicketFonts(fontDir)

  /** The dark pixels of a text in the families chosen for it; the same string for the same picture. */
  function drawn(letter: string, families: string): string {
    const canvas = createCanvas(60, 60)
    const context = canvas.getContext('2d')
    context.font = `40px ${families}`
    context.fillText(letter, 4, 46)
    return Buffer.from(context.getImageData(0, 0, 60, 60).data).toString('latin1')
  }

  // Each of these is promised by a file that does not have it, or looked for in the font of its neighbours.
  test.each(Array.from('Łїıœґ‐‥①②✓♥⇒½한글㎡☃'))('%s is no empty box, whatever stands beside it', (letter) => {
    for (const text of [letter, `漢${letter}`, `かな ${letter}`, `한 ${letter}`]) {
      const { families, missing } = fonts.fontsFor(text, 'en', false)
      expect(missing).toEqual([])
      expect(drawn(letter, families)).not.toBe(drawn('\u{10FFFD}', families))
    }
  })

  test('that no font has is named', () => {
    expect(fonts.fontsFor('a ꀇ b', 'en', false).missing).toEqual(['ꀇ'])
  })
})
