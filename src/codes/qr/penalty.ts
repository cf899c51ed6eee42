import type { QrGrid } from './template.ts'

/** Lines of modules, and the lines of a mask that turns some of them over; 32 modules to a word, lowest first. */
type Lines = Int32Array

/**
 * How badly a code would read under a mask, by the four rules of ISO/IEC 18004:2015 table 11. Stops, with a sum that
 * is no less, once `limit` is reached.
 */
export function penaltyOf(data: QrGrid, mask: QrGrid, limit: number): number {
  const { size, stride } = data
  const score = stride === 1 ? scoreNarrow : stride === 2 ? scoreMiddle : scoreWide
  let sum = score(data.rows, mask.rows, size, 3, 0, limit)
  if (sum < limit) sum = score(data.columns, mask.columns, size, 0, sum, limit)
  return sum < limit ? sum + imbalance(data.rows, mask.rows, size) : sum
}

/** Ten for each whole step of five per cent that the dark modules are away from half. */
function imbalance(data: Lines, mask: Lines, size: number): number {
  let dark = 0
  for (let word = 0; word < data.length; word++) dark += popcount(data[word]! ^ mask[word]!)
  const total = size * size
  return Math.max(0, Math.ceil(Math.abs(dark * 20 - total * 10) / total) - 1) * 10
}

/*
 * Runs, boxes and finder-like patterns, over all lines, three times: for codes whose lines are one word, two words and
 * more. They differ in how a line is shifted, which is most of what they do. `box` is what a box of two by two counts.
 * - Five alike are four like pairs in a row; a run of n modules has n - 4 of those, and scores n - 2.
 * - 1011101 is a fall, three dark ones two modules on, and a rise five modules on; it counts with four light modules
 *   before or after it.
 */

/** Versions 1 to 3. */
function scoreNarrow(
  data: Lines,
  mask: Lines,
  size: number,
  box: number,
  before: number,
  limit: number,
): number {
  const all = -1 >>> (32 - size)
  const pairs = all >>> 1
  let sum = before
  let above = ~(data[0]! ^ mask[0]!)
  for (let line = 0; line < size; line++) {
    const bits = data[line]! ^ mask[line]!
    const second = bits >>> 1
    const change = bits ^ second
    const alike = ~change & pairs
    const twice = alike & (alike >>> 1)
    const runs = twice & (twice >>> 2)
    if (runs !== 0) sum += popcount(runs) + 2 * popcount(runs & ~(runs << 1))
    if (box !== 0) {
      const same = ~(bits ^ above)
      sum += box * popcount(alike & same & (same >>> 1))
      above = bits
    }
    const dark = bits & second
    const cores = bits & change & ((dark & (dark >>> 1)) >>> 2) & ((second & change) >>> 5)
    if (cores !== 0) {
      const light = ~bits & all
      const lights = light & (light >>> 1)
      const four = lights & (lights >>> 2)
      sum += 40 * (popcount(cores & (four >>> 7)) + popcount(cores & (four << 4)))
    }
    if (sum >= limit) return sum
  }
  return sum
}

/** Versions 4 to 11. */
function scoreMiddle(
  data: Lines,
  mask: Lines,
  size: number,
  box: number,
  before: number,
  limit: number,
): number {
  const all = -1 >>> (64 - size)
  const pairs = all >>> 1
  let sum = before
  let above = ~(data[0]! ^ mask[0]!)
  let aboveHigh = ~(data[1]! ^ mask[1]!)
  for (let at = 0; at < data.length; at += 2) {
    const low = data[at]! ^ mask[at]!
    const high = data[at + 1]! ^ mask[at + 1]!
    const second = (low >>> 1) | (high << 31)
    const secondHigh = high >>> 1
    const change = low ^ second
    const changeHigh = high ^ secondHigh
    const alike = ~change
    const alikeHigh = ~changeHigh & pairs
    const twice = alike & ((alike >>> 1) | (alikeHigh << 31))
    const twiceHigh = alikeHigh & (alikeHigh >>> 1)
    const runs = twice & ((twice >>> 2) | (twiceHigh << 30))
    const runsHigh = twiceHigh & (twiceHigh >>> 2)
    if (runs !== 0) sum += popcount(runs) + 2 * popcount(runs & ~(runs << 1))
    if (runsHigh !== 0)
      sum += popcount(runsHigh) + 2 * popcount(runsHigh & ~((runsHigh << 1) | (runs >>> 31)))
    if (box !== 0) {
      const same = ~(low ^ above)
      const sameHigh = ~(high ^ aboveHigh)
      sum +=
        box *
        (popcount(alike & same & ((same >>> 1) | (sameHigh << 31))) +
          popcount(alikeHigh & sameHigh & (sameHigh >>> 1)))
      above = low
      aboveHigh = high
    }
    const dark = low & second
    const darkHigh = high & secondHigh
    const three = dark & ((dark >>> 1) | (darkHigh << 31))
    const threeHigh = darkHigh & (darkHigh >>> 1)
    const rises = second & change
    const risesHigh = secondHigh & changeHigh
    const cores = low & change & ((three >>> 2) | (threeHigh << 30)) & ((rises >>> 5) | (risesHigh << 27))
    const coresHigh = high & changeHigh & (threeHigh >>> 2) & (risesHigh >>> 5)
    if ((cores | coresHigh) !== 0) {
      const light = ~low
      const lightHigh = ~high & all
      const lights = light & ((light >>> 1) | (lightHigh << 31))
      const lightsHigh = lightHigh & (lightHigh >>> 1)
      const four = lights & ((lights >>> 2) | (lightsHigh << 30))
      const fourHigh = lightsHigh & (lightsHigh >>> 2)
      if (cores !== 0)
        sum += 40 * (popcount(cores & ((four >>> 7) | (fourHigh << 25))) + popcount(cores & (four << 4)))
      if (coresHigh !== 0)
        sum +=
          40 *
          (popcount(coresHigh & (fourHigh >>> 7)) + popcount(coresHigh & ((fourHigh << 4) | (four >>> 28))))
    }
    if (sum >= limit) return sum
  }
  return sum
}

/** Versions 12 and up. */
function scoreWide(
  data: Lines,
  mask: Lines,
  size: number,
  box: number,
  before: number,
  limit: number,
): number {
  const stride = Math.ceil(size / 32)
  const bits = new Int32Array(stride + 1)
  const above = new Int32Array(stride + 1)
  let sum = before
  for (let start = 0; start < data.length; start += stride) {
    for (let word = 0; word < stride; word++) bits[word] = data[start + word]! ^ mask[start + word]!
    sum += scoreLine(bits, size, stride)
    if (box !== 0) {
      if (start > 0) sum += box * boxesBetween(above, bits, size, stride)
      above.set(bits)
    }
    if (sum >= limit) return sum
  }
  return sum
}

function scoreLine(bits: Lines, size: number, stride: number): number {
  const lastWord = stride - 1
  // Where a module of the last word has a neighbour after it; no size is a multiple of 32.
  const lastPairs = 0x7fff_ffff >>> (32 * stride - size)
  let sum = 0
  let runsBefore = 0
  for (let word = 0; word < stride; word++) {
    const first = bits[word]!
    const next = bits[word + 1]!
    const alike = ~(first ^ ((first >>> 1) | (next << 31))) & (word === lastWord ? lastPairs : -1)
    const alikeNext =
      word === lastWord ? 0 : ~(next ^ (next >>> 1)) & (word + 1 === lastWord ? lastPairs : -1)
    const twice = alike & ((alike >>> 1) | (alikeNext << 31))
    const runs = twice & ((twice >>> 2) | ((alikeNext & (alikeNext >>> 1)) << 30))
    if (runs !== 0) sum += popcount(runs) + 2 * popcount(runs & ~((runs << 1) | runsBefore))
    runsBefore = runs >>> 31
    const cores = coresOf(first, next)
    if (cores !== 0) sum += 40 * countFinders(bits, size, word * 32, cores)
  }
  return sum
}

function boxesBetween(above: Lines, bits: Lines, size: number, stride: number): number {
  const lastPairs = 0x7fff_ffff >>> (32 * stride - size)
  let count = 0
  for (let word = 0; word < stride; word++) {
    const first = bits[word]!
    const alike =
      ~(first ^ ((first >>> 1) | (bits[word + 1]! << 31))) & (word === stride - 1 ? lastPairs : -1)
    const same = ~(first ^ above[word]!)
    count += popcount(alike & same & ((same >>> 1) | (~(bits[word + 1]! ^ above[word + 1]!) << 31)))
  }
  return count
}

/** Where dark and light modules go 1:1:3:1:1, as across a finder. */
function coresOf(bits: number, next: number): number {
  const outer = bits & ~((bits >>> 1) | (next << 31)) & ((bits >>> 6) | (next << 26))
  if (outer === 0) return 0
  const middle = ((bits >>> 2) | (next << 30)) & ((bits >>> 3) | (next << 29)) & ((bits >>> 4) | (next << 28))
  return outer & middle & ~((bits >>> 5) | (next << 27))
}

/** Counts the light stretches of four modules beside the cores. */
function countFinders(bits: Lines, size: number, offset: number, cores: number): number {
  let count = 0
  for (let left = cores; left !== 0; left &= left - 1) {
    const place = offset + 31 - Math.clz32(left & -left)
    if (place >= 4 && isLight(bits, place - 4)) count++
    if (place + 11 <= size && isLight(bits, place + 7)) count++
  }
  return count
}

function isLight(bits: Lines, place: number): boolean {
  const word = place >> 5
  const shift = place & 31
  const four = (bits[word]! >>> shift) | (shift > 28 ? bits[word + 1]! << (32 - shift) : 0)
  return (four & 15) === 0
}

function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555)
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
