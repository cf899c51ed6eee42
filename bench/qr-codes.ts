/**
 * QR codes of short links: modules and SVG beside the npm package `qr`, PNG of 512 pixels beside lean-qr. The same texts
 * and levels for both, each side with all eight masks scored; under one mask both give the same modules, which is looked
 * at first. CPU time, in turns, the best of many.
 */
import encodePeer from 'qr'
import { correction, generate } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr, isDark } from '#codes/qr/encode-qr.ts'
import type { QrLevel } from '#codes/qr/qr-tables.ts'
import { codeOf } from '#server/code-files/draw-code.ts'
import { writePlainPng } from '#server/code-files/write-png.ts'
import { cpuOf, report, type Result } from './measure.ts'

const levels = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const
const names = Object.keys(levels) as QrLevel[]

interface Text {
  text: string
  level: QrLevel
}

/** Small letters in an order that is the same at every run. */
function makeWords(): (length: number) => string {
  let seed = 20_261_123
  const next = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff) >>> 8
  return (length) => Array.from({ length }, () => String.fromCharCode(97 + (next() % 26))).join('')
}

const words = makeWords()
const linkOf = (length: number): string => `https://qrscan.ink/r/${words(length)}`
/** What the app prints: a short link of 40 characters, as version 3. */
const alike: Text[] = Array.from({ length: 500 }, () => ({ text: linkOf(19), level: 'M' }))
/** Links and destinations as clients send them, 22 to 141 characters. */
const mixed: Text[] = Array.from({ length: 500 }, (_, k) => ({
  text: linkOf(1 + ((k * 37) % 120)),
  level: 'M',
}))
/** Far longer than anybody should print, at every level: up to version 30. */
const long: Text[] = Array.from({ length: 300 }, (_, k) => ({
  text: linkOf(1 + ((k * 101) % 580)),
  level: names[k % 4]!,
}))

function assertAlike(texts: readonly Text[]): void {
  for (const [index, { text, level }] of texts.entries()) {
    const mask = index % 8
    const code = encodeQr(text, { level, mask })
    const peer = encodePeer(text, 'raw', { ecc: levels[level], mask, border: 1 })
    const isSame = peer.every((row, y) => row.every((dark, x) => dark === isDark(code, x - 1, y - 1)))
    if (peer.length !== code.size + 2 || !isSame) throw new Error(`The modules of ${text} differ.`)
  }
}

/** Microseconds of CPU a code: the best turn of each. */
async function best<Name extends string>(
  contenders: Record<Name, (text: Text) => unknown>,
  texts: readonly Text[],
  rounds: number,
): Promise<Record<Name, number>> {
  const least = Object.fromEntries(Object.keys(contenders).map((name) => [name, Infinity])) as Record<
    Name,
    number
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(contenders) as Name[]) {
      const seconds = await cpuOf(() => texts.forEach((text) => void contenders[name](text)))
      least[name] = Math.min(least[name], (seconds / texts.length) * 1e6)
    }
  }
  return least
}

const results: Result[] = []

function add(what: string, { ours, peer }: { ours: number; peer: number }, target?: number): void {
  const ratio = peer / ours
  const asked = target === undefined ? {} : { target: `>= ${target}x`, met: ratio >= target }
  results.push({ bench: 'qr-codes', what, ours, peer, unit: 'µs', ratio, ...asked })
}

const matrix = {
  ours: ({ text, level }: Text) => encodeQr(text, { level }),
  peer: ({ text, level }: Text) => encodePeer(text, 'raw', { ecc: levels[level] }),
}
for (const texts of [alike, mixed, long]) assertAlike(texts)
add('modules, links of one length, beside qr', await best(matrix, alike, 40), 3)
add('modules, links of mixed lengths, beside qr', await best(matrix, mixed, 40), 5)
add('modules, 22 to 600 characters, four levels, beside qr', await best(matrix, long, 20))
const svg = {
  ours: ({ text, level }: Text) => drawSvg(encodeQr(text, { level }), {}),
  peer: ({ text, level }: Text) => encodePeer(text, 'svg', { ecc: levels[level] }),
}
add('SVG, links of one length, beside qr', await best(svg, alike, 40), 3)
const png = {
  ours: ({ text }: Text) => writePlainPng(codeOf(text, {}, false), {}, 512),
  peer: ({ text }: Text) => {
    const code = generate(text, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M })
    // The largest whole scale under 512 pixels, with the quiet zone that the standard asks for.
    return toPngBuffer(code, { scale: Math.floor(512 / (code.size + 8)), padX: 4, padY: 4 })
  },
}
add('PNG of 512 px, beside lean-qr', await best(png, alike.slice(0, 100), 8), 40)
report(results)
