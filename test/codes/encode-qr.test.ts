import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import encodePeer from 'qr'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeQr, QrTooLong } from '#codes/qr/encode-qr.ts'
import { qrLevels, type QrLevel } from '#codes/qr/qr-tables.ts'
import { readBarcodesIn } from '#test/support/read-codes.ts'
import { sharedFile } from '#test/support/shared-data.ts'
import { matrixOf, pictureOf } from './code-picture.ts'

const texts = {
  digits: '01234567890123456789',
  capitals: 'HTTPS://EXAMPLE.COM/MENU $%*+-./:',
  link: 'https://qrscan.ink/r/spring-menu-2026?table=7',
  mixed: 'https://qrscan.ink/01/09506000134352/10/ABC123456789012345',
  polish: 'Zażółć gęślą jaźń',
  cyrillic: 'Київ: «Їжак» – 5 €',
  arabic: 'مرحبا بالعالم ١٢٣',
  hebrew: 'שלום עולם',
  chinese: '牛肉面 大碗 加辣',
  japanese: 'ラーメン 大盛り ください',
  korean: '불고기 비빔밥',
  thai: 'ผัดไทย กุ้งสด',
  emoji: '👩‍🍳🍜🇺🇦 ok',
  controls: 'one\r\ntwo\tthree\u0000four',
}

describe('another reader', () => {
  test.each(Object.entries(texts))('gets back %s at every level', async (_name, text) => {
    for (const level of qrLevels) {
      const [found] = await readBarcodesIn(pictureOf(encodeQr(text, { level })))
      expect(Buffer.from(found?.bytes ?? []).toString()).toBe(text)
      expect(found?.ecLevel).toBe(level)
    }
  })

  test.each(qrLevels)('gets back every version at level %s', async (level) => {
    const wrong: number[] = []
    for (let version = 1; version <= 40; version++) {
      const text = fullText(version, level)
      const code = encodeQr(text, { level, version })
      const [found] = await readBarcodesIn(pictureOf(code, 2))
      if (found?.text !== text || Number(found.version) !== version) wrong.push(version)
    }
    expect(wrong).toEqual([])
  })

  test('gets a box where half of a letter was', async () => {
    const [found] = await readBarcodesIn(pictureOf(encodeQr('a\ud83cz', { level: 'M' })))
    expect(found?.text).toBe('a\ufffdz')
  })

  test('is told of UTF-8 exactly where the text is not ASCII', async () => {
    for (const [text, eci] of [
      ['plain', false],
      ['é', true],
      ['漢', true],
    ] as const) {
      const [found] = await readBarcodesIn(pictureOf(encodeQr(text, { level: 'M' })))
      expect(found?.hasECI).toBe(eci)
      expect(found?.text).toBe(text)
    }
  })

  test.skipIf(!existsSync('/usr/bin/zbarimg'))('zbar reads them too (skipped where it is absent)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'codes-'))
    const failed: string[] = []
    for (const [name, text] of Object.entries(texts)) {
      // zbar ends a text at its first zero byte.
      if (text.includes('\u0000')) continue
      const path = join(folder, `${name}.png`)
      writeFileSync(path, pictureOf(encodeQr(text, { level: 'M' }), 4))
      const out = execFileSync('/usr/bin/zbarimg', ['-q', '--raw', path], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      if (out.toString().replace(/\n$/, '') !== text) failed.push(name)
    }
    rmSync(folder, { recursive: true })
    expect(failed).toEqual([])
  })
})

/** As many letters as a code of this version and level takes. */
function fullText(version: number, level: QrLevel): string {
  let [low, high] = [1, 3000]
  const fits = (length: number): boolean => {
    try {
      return encodeQr('a'.repeat(length), { level }).version <= version
    } catch {
      return false
    }
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return 'a'.repeat(low)
}

describe('the matrices', () => {
  const reference = sharedFile('qr-zint-matrices.json')

  test.skipIf(reference === undefined)(
    'equal those of zint under the same mask, where both part the text alike (skipped without the data)',
    () => {
      interface Case {
        symbology: string
        eci: number
        input_mode: string
        structapp: number[]
        rows: number
        data_utf8: string | null
        matrix: string[]
        id: string
      }
      const { cases } = JSON.parse(readFileSync(reference!, 'utf8')) as { cases: Case[] }
      const differing: string[] = []
      let compared = 0
      for (const one of cases) {
        const text = one.data_utf8
        const isPlain = one.symbology === 'QRCODE' && one.structapp[0] === 0 && text !== null
        // Zint puts other ECIs, GS1 and Kanji modes into some; we have UTF-8 and ASCII alone.
        if (!isPlain || !['UNICODE_MODE', 'DATA_MODE'].includes(one.input_mode)) continue
        const isAscii = /^[\u0000-\u007f]*$/.test(text)
        if (isAscii ? one.eci !== -1 : one.eci !== 26) continue
        const { level, mask } = formatOf(one.matrix)
        const code = encodeQr(text, { level, version: (one.rows - 17) / 4, mask })
        compared++
        if (matrixOf(code).join() !== one.matrix.join()) differing.push(one.id)
      }
      expect(compared).toBeGreaterThan(10)
      expect(differing).toEqual([])
    },
  )

  test('equal those of another encoder for every version, level and mask', () => {
    const names = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const
    const differing: string[] = []
    for (let version = 1; version <= 40; version++) {
      const level = qrLevels[version % 4]!
      // Small letters, which every encoder puts into bytes.
      const text = 'abcdefghij'.repeat(300).slice(0, fullText(version, level).length)
      for (let mask = 0; mask < 8; mask++) {
        const options = { ecc: names[level], version, mask, border: 1, encoding: 'byte' as const }
        const peer = encodePeer(text, 'raw', options).slice(1, -1)
        const rows = peer.map((row) =>
          row
            .slice(1, -1)
            .map((dark) => (dark ? '1' : '0'))
            .join(''),
        )
        if (matrixOf(encodeQr(text, { level, version, mask })).join() !== rows.join())
          differing.push(`${version}${level}${mask}`)
      }
    }
    expect(differing).toEqual([])
  })

  test('take the mask of the least penalty, by a plain reading of the rules', () => {
    for (const text of Object.values(texts)) {
      const chosen = encodeQr(text, { level: 'M' })
      const penalties = Array.from({ length: 8 }, (_, mask) =>
        plainPenalty(matrixOf(encodeQr(text, { level: 'M', version: chosen.version, mask }))),
      )
      expect(penalties[chosen.mask]).toBe(Math.min(...penalties))
    }
  })
})

/** Level and mask from the first copy of the format's bits. */
function formatOf(matrix: readonly string[]): { level: QrLevel; mask: number } {
  const bits = [0, 1, 2, 3, 4].reduce((value, x) => (value << 1) | Number(matrix[8]![x]), 0) ^ 0b10101
  return { level: (['M', 'L', 'H', 'Q'] as const)[bits >> 3]!, mask: bits & 7 }
}

/** ISO/IEC 18004:2015, 7.8.3, one rule after the other. */
function plainPenalty(rows: readonly string[]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x]).join(''))
  let penalty = 0
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2
    penalty += 40 * overlapping(line, /(?=10111010000|00001011101)/g)
  }
  for (let y = 0; y + 1 < rows.length; y++) {
    for (let x = 0; x + 1 < rows.length; x++) {
      const square = rows[y]!.slice(x, x + 2) + rows[y + 1]!.slice(x, x + 2)
      if (square === '0000' || square === '1111') penalty += 3
    }
  }
  const dark = rows.join('').replaceAll('0', '').length
  const percent = (dark * 100) / rows.length ** 2
  return penalty + 10 * Math.floor(Math.abs(percent - 50) / 5)
}

function overlapping(line: string, pattern: RegExp): number {
  return [...line.matchAll(pattern)].length
}

describe('a text that is too long', () => {
  test.each([
    ['L', 2953],
    ['M', 2331],
    ['Q', 1663],
    ['H', 1273],
  ] as const)('is refused at level %s from byte %i on, not before', (level, most) => {
    expect(encodeQr('a'.repeat(most), { level }).version).toBe(40)
    expect(() => encodeQr('a'.repeat(most + 1), { level })).toThrow(QrTooLong)
  })

  test('takes 7,089 digits and 4,296 letters at the most', () => {
    expect(encodeQr('7'.repeat(7089), { level: 'L' }).version).toBe(40)
    expect(() => encodeQr('7'.repeat(7090), { level: 'L' })).toThrow(QrTooLong)
    expect(encodeQr('A'.repeat(4296), { level: 'L' }).version).toBe(40)
    expect(() => encodeQr('A'.repeat(4297), { level: 'L' })).toThrow(QrTooLong)
  })
})

test('any text at all comes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.constantFrom(...qrLevels),
      async (text, level) => {
        if (text === '') return
        const [found] = await readBarcodesIn(pictureOf(encodeQr(text, { level })))
        expect(Buffer.from(found?.bytes ?? []).toString()).toBe(text.toWellFormed())
      },
    ),
    { numRuns: 150 },
  )
})
