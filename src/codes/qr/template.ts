import { alignmentPlaces, dataModulesOf, qrLevels, sizeOf, type QrLevel } from './qr-tables.ts'

/**
 * Modules as bits, 32 to a word, lowest first, `stride` words a line. Rows and columns are kept side by side, so that
 * what is scored along columns is scored by the code for rows.
 */
export interface QrGrid {
  size: number
  stride: number
  rows: Int32Array
  columns: Int32Array
}

/** What every code of one version has in common. */
export interface QrTemplate {
  version: number
  /** Finders, timing, alignment and version; dark modules are set. */
  base: QrGrid
  /** Where the bits of the codewords go, in their order, `stripFields` numbers a strip. */
  strips: Uint16Array
  /** By level and mask: what is turned over, with the format's own modules already in. */
  masks: Record<QrLevel, readonly QrGrid[]>
}

function emptyGrid(size: number): QrGrid {
  const stride = Math.ceil(size / 32)
  return { size, stride, rows: new Int32Array(size * stride), columns: new Int32Array(size * stride) }
}

function set({ stride, rows, columns }: QrGrid, x: number, y: number): void {
  rows[y * stride + (x >> 5)]! |= 1 << (x & 31)
  columns[x * stride + (y >> 5)]! |= 1 << (y & 31)
}

export function makeTemplate(version: number): QrTemplate {
  const { base, taken } = frameOf(version)
  const places = dataPlaces(base.size, taken)
  const masks = Object.fromEntries(
    qrLevels.map((level) => [level, maskFormulas.map((_, mask) => makeMask(base.size, places, level, mask))]),
  ) as unknown as QrTemplate['masks']
  return { version, base, strips: stripsOf(codewordPlaces(places, version), base.stride), masks }
}

/** Column and row of every bit of the codewords, in their order. */
export function bitPlaces(version: number): [x: number, y: number][] {
  const { base, taken } = frameOf(version)
  return codewordPlaces(dataPlaces(base.size, taken), version)
}

/** A few modules after the last codeword stay empty. */
function codewordPlaces(places: [number, number][], version: number): [number, number][] {
  return places.slice(0, dataModulesOf(version) & ~7)
}

/** What is not data, and which modules that takes. */
function frameOf(version: number): { base: QrGrid; taken: Uint8Array } {
  const size = sizeOf(version)
  const base = emptyGrid(size)
  const taken = new Uint8Array(size * size)
  const put = (x: number, y: number, dark: boolean): void => {
    if (x < 0 || y < 0 || x >= size || y >= size) return
    taken[y * size + x] = 1
    if (dark) set(base, x, y)
  }
  putTiming(size, put)
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    putFinder(x, y, put)
  }
  putAlignment(version, put)
  for (const [x, y] of formatPlaces(size).flat()) put(x, y, false)
  put(8, size - 8, true)
  if (version > 6) putVersion(version, put)
  return { base, taken }
}

type Put = (x: number, y: number, dark: boolean) => void

function putTiming(size: number, put: Put): void {
  for (let at = 8; at < size - 8; at++) {
    put(6, at, at % 2 === 0)
    put(at, 6, at % 2 === 0)
  }
}

function putFinder(x: number, y: number, put: Put): void {
  for (let dy = -4; dy <= 4; dy++) {
    for (let dx = -4; dx <= 4; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy))
      put(x + dx, y + dy, ring !== 2 && ring !== 4)
    }
  }
}

function putAlignment(version: number, put: Put): void {
  const places = alignmentPlaces(version)
  const last = places.at(-1)
  for (const x of places) {
    for (const y of places) {
      const isFinder = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6)
      if (isFinder) continue
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) put(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
      }
    }
  }
}

/** 7.10: six bits of the version and twelve of a Golay code, in two blocks of 3 × 6. */
function putVersion(version: number, put: Put): void {
  const size = sizeOf(version)
  let rest = version
  for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let index = 0; index < 18; index++) {
    const [near, far] = [Math.floor(index / 3), size - 11 + (index % 3)]
    const dark = ((bits >>> index) & 1) === 1
    put(near, far, dark)
    put(far, near, dark)
  }
}

/** 7.9: where the fifteen bits of the format go, lowest first, in both copies. */
function formatPlaces(size: number): [number, number][][] {
  const index = Array.from({ length: 15 }, (_, bit) => bit)
  const corner = index.map((bit): [number, number] => {
    if (bit < 6) return [8, bit]
    if (bit < 8) return [8, bit + 1]
    return bit === 8 ? [7, 8] : [14 - bit, 8]
  })
  const edges = index.map((bit): [number, number] => (bit < 8 ? [size - 1 - bit, 8] : [8, size - 15 + bit]))
  return [corner, edges]
}

/** Level, mask, and ten bits of a BCH code; turned over so that no format is all light. */
function formatBits(level: QrLevel, mask: number): number {
  const data = ({ L: 1, M: 0, Q: 3, H: 2 }[level] << 3) | mask
  let rest = data
  for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  return ((data << 10) | rest) ^ 0x5412
}

/** 7.7.3: in pairs of columns from the right, up and down in turns, past the upright timing pattern. */
function dataPlaces(size: number, taken: Uint8Array): [number, number][] {
  const places: [number, number][] = []
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    const isUpward = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1]) if (taken[y * size + x] === 0) places.push([x, y])
    }
  }
  return places
}

/** Table 10, for column x and row y. */
const maskFormulas: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function makeMask(size: number, places: readonly [number, number][], level: QrLevel, mask: number): QrGrid {
  const grid = emptyGrid(size)
  const isTurned = maskFormulas[mask]!
  for (const [x, y] of places) if (isTurned(x, y)) set(grid, x, y)
  const bits = formatBits(level, mask)
  for (const copy of formatPlaces(size)) {
    for (const [bit, [x, y]] of copy.entries()) if ((bits >>> bit) & 1) set(grid, x, y)
  }
  return grid
}

/**
 * The columns' word of the right module, that of the left one (the same where there is only one), the lowest place in
 * the word, how many lines, and 1 where the bits go up, 0 where they go down.
 */
export const stripFields = 5

/** As many as are read at once, in pairs, from any bit of a byte. */
const longestStrip = 12

/** Stretches of data modules that one word of a column takes, with those beside them on the left where these are data. */
function stripsOf(bits: readonly [number, number][], stride: number): Uint16Array {
  const isPair = (index: number): boolean => {
    const [x, y] = bits[index]!
    const [left, beside] = bits[index + 1] ?? []
    return left === x - 1 && beside === y
  }
  const strips: number[] = []
  for (let index = 0; index < bits.length;) {
    const [x, y] = bits[index]!
    const width = isPair(index) ? 2 : 1
    const way = (bits[index + width]?.[1] ?? y) < y ? -1 : 1
    let length = 1
    for (let next = index + width; length < longestStrip && next < bits.length; next += width, length++) {
      const [nextX, nextY] = bits[next]!
      const goesOn = nextX === x && nextY === y + way * length && nextY >> 5 === y >> 5
      if (!goesOn || isPair(next) !== (width === 2)) break
    }
    const lowest = way === -1 ? y - length + 1 : y
    const word = y >> 5
    strips.push(x * stride + word, (x - width + 1) * stride + word, lowest & 31, length, way === -1 ? 1 : 0)
    index += width * length
  }
  return Uint16Array.from(strips)
}

/** Writes columns as rows, or rows as columns, 32 × 32 modules at a time. */
export function transpose(from: Int32Array, to: Int32Array, size: number, stride: number): void {
  const block = new Int32Array(32)
  for (let down = 0; down < stride; down++) {
    for (let across = 0; across < stride; across++) {
      const [top, left] = [down * 32, across * 32]
      for (let line = 0; line < 32; line++) {
        block[line] = top + line < size ? from[(top + line) * stride + across]! : 0
      }
      turn(block)
      const end = Math.min(32, size - left)
      for (let line = 0; line < end; line++) to[(left + line) * stride + down] = block[line]!
    }
  }
}

/** Bit x of word y becomes bit y of word x: halves change places, then halves of those (Hacker's Delight, 7-3). */
function turn(block: Int32Array): void {
  for (let half = 16, mask = 0xffff; half !== 0; half >>= 1, mask ^= mask << half) {
    for (let line = 0; line < 32; line = (line + half + 1) & ~half) {
      const change = ((block[line]! >>> half) ^ block[line + half]!) & mask
      block[line]! ^= change << half
      block[line + half]! ^= change
    }
  }
}
