import bwip from 'bwip-js/node'
import type { Rectangle, SymbolBlock } from './label-drawing.ts'

/** The dark modules of a two-dimensional symbol with `quiet` modules of light around it. */
export function encodeMatrix(bcid: 'datamatrix' | 'qrcode', text: string, options: string, quiet: number) {
  const [found] = bwip.raw(bcid, text, options)
  if (!found || !('pixs' in found)) throw new Error(`No ${bcid} came of it.`)
  const { pixs, pixx, pixy } = found
  const bars: Rectangle[] = []
  for (let y = 0; y < pixy; y++) {
    for (let x = 0; x < pixx; x++) {
      if (!pixs[y * pixx + x]) continue
      const from = x
      while (x < pixx && pixs[y * pixx + x]) x++
      bars.push({ x: quiet + from, y: quiet + y, width: x - from, height: 1 })
    }
  }
  const block: SymbolBlock = { width: pixx + 2 * quiet, height: pixy + 2 * quiet, bars, texts: [] }
  return block
}

/** Widths of bars and spaces in turns, in modules, a bar first. */
export function encodeBars(bcid: 'ean13' | 'ean8' | 'code128', text: string, options = ''): number[] {
  const [found] = bwip.raw(bcid, text, options)
  if (!found || !('sbs' in found)) throw new Error(`No ${bcid} came of it.`)
  return found.sbs
}

/** Bars of equal height beside each other, from `left` on. */
export function standBars(sbs: readonly number[], left: number, height: number): Rectangle[] {
  const bars: Rectangle[] = []
  let x = left
  sbs.forEach((width, index) => {
    if (index % 2 === 0) bars.push({ x, y: 0, width, height })
    x += width
  })
  return bars
}

export function widthOf(sbs: readonly number[]): number {
  return sbs.reduce((sum, width) => sum + width, 0)
}
