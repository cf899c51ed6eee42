import type { QrGrid } from './template.ts'

/** Lines of modules, and the lines of a mask that turns some of them over; 32 modules to a word, lowest first. */
type Lines = Int32Array

/**
 * How badly a code would read under a mask, by the four rules of ISO/IEC 18004:2015 table 11. Stops, with a sum that
 * is no less, once `limit` is reached.
 *
 * Everything is looked at down the lines, for 32 columns at once: what is one bit in a word belongs to one column, and
 * no bit ever meets its neighbours. The rows are scored by going down the columns' grid.
 */
export function penaltyOf(data: QrGrid, mask: QrGrid, limit: number): number {
  const { size, stride } = data
  let sum: number
  if (stride < 3) {
    const score = stride === 1 ? scoreAcross : scoreTwoAcross
    sum = score(data.rows, mask.rows, size, 3, 0, limit)
    if (sum < limit) sum = score(data.columns, mask.columns, size, 0, sum, limit)
  } else {
    sum = 3 * boxes(data.rows, mask.rows, size, stride)
    if (sum < limit) sum = scoreDown(data.rows, mask.rows, size, stride, sum, limit)
    if (sum < limit) sum = scoreDown(data.columns, mask.columns, size, stride, sum, limit)
  }
  return sum < limit ? sum + imbalance(data.rows, mask.rows, size) : sum
}

/**
 * Runs and finder-like patterns down every column.
 * - Five alike are four like pairs in a row; a run of n modules has n - 4 of those, and scores n - 2: each of those
 *   and two lines more, where no other run can score yet.
 * - 1011101 is followed module by module: `seen3` are the columns whose last three modules are its first three. It
 *   counts with four light modules before or after it.
 */
function scoreDown(
  data: Lines,
  mask: Lines,
  size: number,
  stride: number,
  before: number,
  limit: number,
): number {
  let sum = before
  for (let word = 0; word < stride; word++) {
    const columns = word === stride - 1 ? -1 >>> (32 * stride - size) : -1
    let last = ~(data[word]! ^ mask[word]!)
    let [alike, twice, twiceBefore, run1, run2] = [0, 0, 0, 0, 0]
    let [seen1, seen2, seen3, seen4, seen5, seen6] = [0, 0, 0, 0, 0, 0]
    for (let at = word; at < data.length; at += stride) {
      const dark = data[at]! ^ mask[at]!
      const like = ~(dark ^ last) & columns
      const both = like & alike
      const run = both & twiceBefore
      const scored = run | run1 | run2
      if (scored !== 0) sum += popcount(scored)
      const found = seen6 & dark
      if (found !== 0) sum += 40 * lightBeside(data, mask, stride, at, found)
      seen6 = seen5 & ~dark
      seen5 = seen4 & dark
      seen4 = seen3 & dark
      seen3 = seen2 & dark
      seen2 = seen1 & ~dark
      seen1 = dark
      last = dark
      alike = like
      twiceBefore = twice
      twice = both
      run2 = run1
      run1 = run
    }
    sum += popcount(run1 | run2) + popcount(run1)
    if (sum >= limit) return sum
  }
  return sum
}

/** Of the columns in which a pattern ends here, how many light stretches of four modules lie before and after it. */
function lightBeside(data: Lines, mask: Lines, stride: number, at: number, found: number): number {
  let count = 0
  if (at >= 10 * stride) count += popcount(found & ~darkIn(data, mask, stride, at - 10 * stride))
  if (at + 4 * stride < data.length) count += popcount(found & ~darkIn(data, mask, stride, at + stride))
  return count
}

/** The columns in which any of four lines is dark. */
function darkIn(data: Lines, mask: Lines, stride: number, from: number): number {
  const [second, third, fourth] = [from + stride, from + 2 * stride, from + 3 * stride]
  return (
    (data[from]! ^ mask[from]!) |
    (data[second]! ^ mask[second]!) |
    (data[third]! ^ mask[third]!) |
    (data[fourth]! ^ mask[fourth]!)
  )
}

/**
 * The same for lines of one word (versions 1 to 3), whose modules can meet their neighbours without a carry; faster
 * there. `box` is what a box of two by two counts: 3, or 0 where they are counted in the other direction.
 */
function scoreAcross(
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
    if (runs !== 0) sum += popcount(runs | (runs << 1) | (runs << 2))
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

/** And for lines of two words (versions 4 to 11). */
function scoreTwoAcross(
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
    if (runs !== 0) sum += popcount(runs | (runs << 1) | (runs << 2))
    const carried = (runs >>> 31) | (runs >>> 30)
    if ((runsHigh | carried) !== 0) sum += popcount(runsHigh | (runsHigh << 1) | (runsHigh << 2) | carried)
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

/** Boxes of two by two alike; here the modules of a line do meet their neighbours. */
function boxes(data: Lines, mask: Lines, size: number, stride: number): number {
  let count = 0
  for (let word = 0; word < stride; word++) {
    const isLast = word === stride - 1
    // Where a module of the last word has a neighbour after it; no size is a multiple of 32.
    const pairs = isLast ? 0x7fff_ffff >>> (32 * stride - size) : -1
    let above = data[word]! ^ mask[word]!
    let aboveNext = isLast ? 0 : data[word + 1]! ^ mask[word + 1]!
    for (let at = word + stride; at < data.length; at += stride) {
      const here = data[at]! ^ mask[at]!
      const next = isLast ? 0 : data[at + 1]! ^ mask[at + 1]!
      const down = ~(here ^ above)
      const across = ~(here ^ ((here >>> 1) | (next << 31))) & pairs
      const box = down & across & ((down >>> 1) | (~(next ^ aboveNext) << 31))
      if (box !== 0) count += popcount(box)
      above = here
      aboveNext = next
    }
  }
  return count
}

/** Ten for each whole step of five per cent that the dark modules are away from half. */
function imbalance(data: Lines, mask: Lines, size: number): number {
  let dark = 0
  for (let word = 0; word < data.length; word++) dark += popcount(data[word]! ^ mask[word]!)
  const total = size * size
  return Math.max(0, Math.ceil(Math.abs(dark * 20 - total * 10) / total) - 1) * 10
}

function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555)
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
