import type { QrCode } from './encode-qr.ts'

/** Calls `run` for every stretch of dark modules in a line, line by line: from column `from` to before column `to`. */
export function eachDarkRun(
  { size, rows }: QrCode,
  run: (y: number, from: number, to: number) => void,
): void {
  for (let y = 0, at = 0; y < size; y++) {
    let from = -1
    let before = 0
    for (let first = 0; first < size; first += 32, at++) {
      const word = rows[at]!
      // Where a module differs from the one before it. No size is a multiple of 32, so that every run ends in its line.
      let changes = word ^ ((word << 1) | before)
      for (; changes !== 0; changes &= changes - 1) {
        const x = first + 31 - Math.clz32(changes & -changes)
        if (from === -1) from = x
        else {
          run(y, from, x)
          from = -1
        }
      }
      before = word >>> 31
    }
  }
}
