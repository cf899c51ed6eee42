/** How much of a code may be damaged and still read: about 7, 15, 25 and 30 %. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H'

export const qrLevels: readonly QrLevel[] = ['L', 'M', 'Q', 'H']

/** ISO/IEC 18004:2015 table 9: error correction codewords of one block, by level, then by version from 1. */
const eccOfBlock: Record<QrLevel, readonly number[]> = {
  L: [
    7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  M: [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ],
  Q: [
    13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  H: [
    17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
}

/** The same table: blocks, by level, then by version from 1. */
const blocksOf: Record<QrLevel, readonly number[]> = {
  L: [
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17,
    18, 19, 19, 20, 21, 22, 24, 25,
  ],
  M: [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
    31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ],
  Q: [
    1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38,
    40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
  ],
  H: [
    1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45,
    48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
  ],
}

/** Modules a side of a version. */
export function sizeOf(version: number): number {
  return 17 + 4 * version
}

/** Modules that carry codewords or remainder bits: all but finders, timing, alignment, format and version. */
export function dataModulesOf(version: number): number {
  const places = alignmentPlaces(version).length
  const alignment = places === 0 ? 0 : 25 * (places * places - 3) - 10 * (places - 2)
  const size = sizeOf(version)
  return size * size - 3 * 64 - 31 - 2 * (size - 16) - alignment - (version < 7 ? 0 : 36)
}

/** How a version's codewords are parted: `short` blocks of `data` codewords, the rest with one more. */
export interface QrBlocks {
  /** All codewords, those of error correction included. */
  total: number
  data: number
  blocks: number
  short: number
  shortData: number
  ecc: number
}

const allBlocks = Object.fromEntries(
  qrLevels.map((level) => [level, Array.from({ length: 40 }, (_, index) => makeBlocks(index + 1, level))]),
) as unknown as Record<QrLevel, readonly QrBlocks[]>

export function blocksFor(version: number, level: QrLevel): QrBlocks {
  return allBlocks[level][version - 1]!
}

function makeBlocks(version: number, level: QrLevel): QrBlocks {
  const total = dataModulesOf(version) >> 3
  const ecc = eccOfBlock[level][version - 1]!
  const blocks = blocksOf[level][version - 1]!
  const data = total - ecc * blocks
  const short = blocks - (data % blocks)
  return { total, data, blocks, short, shortData: Math.floor(data / blocks), ecc }
}

/** ISO/IEC 18004:2015 annex E: the centres of alignment patterns, along either side. */
export function alignmentPlaces(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const places = [6]
  for (let index = count - 1; index > 0; index--)
    places[index] = sizeOf(version) - 7 - (count - 1 - index) * step
  return places
}
