import type { LogoPlace } from './code-style.ts'
import type { QrCode } from './encode-qr.ts'
import { blocksFor, type QrBlocks } from './qr-tables.ts'
import { bitPlaces } from './template.ts'

export interface LogoDamage {
  /** Codewords that the worst block loses, as a share of those that it can mend (half of its error correction). */
  worstShare: number
  /** Modules without which a code is not found or not understood: finders and format. */
  hitsFrame: boolean
}

const finderSize = 8
const formatLine = 8

/**
 * What a logo destroys, reckoned per Reed–Solomon block: a code with half of its error correction spent as a whole
 * may have one block beyond mending. Every codeword with a module under the logo or its frame counts as lost.
 */
export function logoDamage(code: QrCode, logo: LogoPlace): LogoDamage {
  const { x, y, width, height, frame } = logo
  const [left, top] = [Math.floor(x - frame), Math.floor(y - frame)]
  const [right, bottom] = [Math.ceil(x + width + frame), Math.ceil(y + height + frame)]
  const isUnder = (column: number, row: number) =>
    column >= left && column < right && row >= top && row < bottom
  const blocks = blocksFor(code.version, code.level)
  const lost = new Set<number>()
  for (const [bit, [column, row]] of bitPlaces(code.version).entries())
    if (isUnder(column, row)) lost.add(bit >> 3)
  const byBlock = new Map<number, number>()
  for (const codeword of lost) {
    const block = blockOf(codeword, blocks)
    byBlock.set(block, (byBlock.get(block) ?? 0) + 1)
  }
  const near = Math.min(left, top)
  const far = Math.max(right, bottom)
  return {
    worstShare: Math.max(0, ...byBlock.values()) / Math.floor(blocks.ecc / 2),
    hitsFrame: near <= formatLine || far > code.size - finderSize,
  }
}

/** Which block a codeword of the interleaved stream belongs to. */
function blockOf(index: number, { data, blocks, short, shortData }: QrBlocks): number {
  if (index >= data) return (index - data) % blocks
  return index < shortData * blocks ? index % blocks : short + index - shortData * blocks
}
