import { correct, makeCorrector, type Corrector } from './reed-solomon.ts'
import { penaltyOf } from './penalty.ts'
import { blocksFor, type QrBlocks, type QrLevel } from './qr-tables.ts'
import { groupOf, segmentsOf, utf8Of, writeSegments, type QrSegments } from './segments.ts'
import { makeTemplate, stripFields, transpose, type QrGrid, type QrTemplate } from './template.ts'

export interface QrOptions {
  level: QrLevel
  /** 1–40; the smallest that holds the text where it is not given. */
  version?: number
  /** 0–7; the one that reads best where it is not given. */
  mask?: number
}

/** A code without its quiet zone. */
export interface QrCode {
  version: number
  level: QrLevel
  mask: number
  /** Modules a side. */
  size: number
  /** Words a row. */
  stride: number
  /** Row by row, 32 modules to a word, the first in the lowest bit; dark is set. */
  rows: Int32Array
}

/** A text longer than a code of this level can hold. `most` is what version 40 takes of it in bytes. */
export class QrTooLong extends Error {
  readonly bytes: number
  readonly most: number
  constructor(bytes: number, most: number) {
    super(`${bytes} bytes do not fit into a QR code; at this level ${most} do.`)
    this.bytes = bytes
    this.most = most
  }
}

/** What is made once for each version and each length of error correction: the same for everybody, never changed. */
const templates: (QrTemplate | undefined)[] = []
const correctors: (Corrector | undefined)[] = []

function templateOf(version: number): QrTemplate {
  return (templates[version] ??= makeTemplate(version))
}

function correctorOf(length: number): Corrector {
  return (correctors[length] ??= makeCorrector(length))
}

/**
 * A QR code by ISO/IEC 18004:2015: numeric, alphanumeric and byte segments in the way that takes fewest bits, ECI 26
 * before text that is not ASCII, all eight masks scored. Throws QrTooLong.
 */
export function encodeQr(text: string, { level, version, mask }: QrOptions): QrCode {
  const bytes = utf8Of(text)
  const fit = fitOf(bytes, level, version)
  const codewords = codewordsOf(fit.segments, fit.version, level)
  const template = templateOf(fit.version)
  const data = placed(template, codewords)
  const best = mask === undefined ? bestMask(template, data, level) : mask
  const { size, stride, rows } = data
  const turned = template.masks[level][best]!.rows
  for (let word = 0; word < rows.length; word++) rows[word]! ^= turned[word]!
  return { version: fit.version, level, mask: best, size, stride, rows }
}

export function isDark({ rows, stride, size }: QrCode, x: number, y: number): boolean {
  return x >= 0 && x < size && ((rows[y * stride + (x >> 5)]! >>> (x & 31)) & 1) === 1
}

function fitOf(bytes: Uint8Array, level: QrLevel, wanted: number | undefined) {
  let group: 0 | 1 | 2 | undefined
  let segments: QrSegments | undefined
  for (let version = wanted ?? 1; version <= (wanted ?? 40); version++) {
    if (segments === undefined || group !== groupOf(version)) {
      group = groupOf(version)
      segments = segmentsOf(bytes, group)
    }
    if (segments.bits <= blocksFor(version, level).data * 8) return { version, segments }
  }
  const most = blocksFor(wanted ?? 40, level).data - 3
  throw new QrTooLong(bytes.length, most)
}

/** Segments, terminator and padding, parted into blocks, with their error correction, interleaved. */
function codewordsOf(segments: QrSegments, version: number, level: QrLevel): Uint8Array {
  const blocks = blocksFor(version, level)
  const data = new Uint8Array(blocks.data)
  const bits = writeSegments(segments, groupOf(version), data)
  // The terminator is four zeros or as many as there is room for; the rest of its byte is zero too.
  for (let at = Math.min((bits + 4 + 7) >> 3, blocks.data), pad = 0xec; at < blocks.data; at++, pad ^= 0xfd) {
    data[at] = pad
  }
  return interleave(data, blocks)
}

function interleave(
  data: Uint8Array,
  { total, data: length, blocks, short, shortData, ecc }: QrBlocks,
): Uint8Array {
  // Some more, so that four can always be read.
  const out = new Uint8Array(total + 4)
  const corrector = correctorOf(ecc)
  for (let block = 0, from = 0; block < blocks; block++) {
    const to = from + shortData + (block < short ? 0 : 1)
    for (let index = from; index < to; index++) {
      const column = index - from
      // The last codeword of the longer blocks has only their own kind before it.
      out[column < shortData ? column * blocks + block : shortData * blocks + block - short] = data[index]!
    }
    correct(corrector, data, from, to, out, length + block, blocks)
    from = to
  }
  return out
}

/**
 * The codewords in their places, unmasked, among the modules that every code of the version has. Down two columns side
 * by side the bits go left and right in turns: up to twelve pairs are parted with a few shifts and put in at once.
 */
function placed({ base, strips }: QrTemplate, codewords: Uint8Array): QrGrid {
  const { size, stride } = base
  const columns = base.columns.slice()
  for (let strip = 0, bit = 0; strip < strips.length; strip += stripFields) {
    const length = strips[strip + 3]!
    const way = strips[strip + 4]!
    const at = bit >> 3
    const bits =
      ((codewords[at]! << 24) |
        (codewords[at + 1]! << 16) |
        (codewords[at + 2]! << 8) |
        codewords[at + 3]!) <<
      (bit & 7)
    const here = strips[strip]!
    const beside = strips[strip + 1]!
    const width = here === beside ? length : 2 * length
    bit += width
    // The first bit is the lowest module of a strip that goes up, and the highest of one that goes down.
    const value = way === 1 ? bits >>> (32 - width) : reversed(bits) & ((1 << width) - 1)
    const shift = strips[strip + 2]!
    if (here === beside) columns[here]! |= value << shift
    else {
      columns[here]! |= evenBits(value >>> way) << shift
      columns[beside]! |= evenBits(value >>> (1 - way)) << shift
    }
  }
  const rows = new Int32Array(columns.length)
  transpose(columns, rows, size, stride)
  return { size, stride, rows, columns }
}

/** Every other bit, from the lowest, side by side. */
function evenBits(word: number): number {
  let bits = word & 0x5555_5555
  bits = (bits | (bits >>> 1)) & 0x3333_3333
  bits = (bits | (bits >>> 2)) & 0x0f0f_0f0f
  bits = (bits | (bits >>> 4)) & 0x00ff_00ff
  return (bits | (bits >>> 8)) & 0xffff
}

/** The highest bit becomes the lowest. */
function reversed(word: number): number {
  let bits = ((word >>> 1) & 0x5555_5555) | ((word & 0x5555_5555) << 1)
  bits = ((bits >>> 2) & 0x3333_3333) | ((bits & 0x3333_3333) << 2)
  bits = ((bits >>> 4) & 0x0f0f_0f0f) | ((bits & 0x0f0f_0f0f) << 4)
  bits = ((bits >>> 8) & 0x00ff_00ff) | ((bits & 0x00ff_00ff) << 8)
  return (bits >>> 16) | (bits << 16)
}

function bestMask({ masks }: QrTemplate, data: QrGrid, level: QrLevel): number {
  const candidates = masks[level]
  let best = 0
  let least = 0x7fff_ffff
  for (let mask = 0; mask < 8; mask++) {
    const penalty = penaltyOf(data, candidates[mask]!, least)
    if (penalty < least) {
      best = mask
      least = penalty
    }
  }
  return best
}
