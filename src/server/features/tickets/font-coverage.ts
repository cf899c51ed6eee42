import { brotliDecompressSync } from 'node:zlib'

const cmapTag = 0
const arbitraryTag = 63
/** `glyf` and `loca`, whose transform is marked the other way round. */
const outlineTags = new Set([10, 11])

/**
 * Characters that a font really has a glyph for, from the bytes of a WOFF2 file (W3C WOFF 2.0, OpenType `cmap` of
 * format 4 or 12). The ranges a font service declares hold more: a character counted on and not there prints as an
 * empty box. Throws a RangeError for bytes that are no such file.
 */
export function fontCoverage(woff2: Buffer): (code: number) => boolean {
  if (woff2.toString('latin1', 0, 4) !== 'wOF2') throw new RangeError('This is no WOFF2 font.')
  const cmap = tableOf(woff2, cmapTag)
  if (cmap === undefined) throw new RangeError('The font has no table of characters.')
  const ranges = cmapRanges(cmap)
  return (code) => ranges.some(([from, to]) => code >= from && code <= to)
}

/** A table that is stored as it is; all but `glyf`, `loca` and `hmtx` are. */
function tableOf(woff2: Buffer, wanted: number): Buffer | undefined {
  const tables = woff2.readUInt16BE(12)
  const packed = woff2.readUInt32BE(20)
  let at = 48
  let offset = 0
  let found: [number, number] | undefined
  const base128 = (): number => {
    let value = 0
    for (let i = 0; i < 5; i++) {
      const byte = woff2.readUInt8(at++)
      value = value * 128 + (byte & 127)
      if (byte < 128) break
    }
    return value
  }
  for (let i = 0; i < tables; i++) {
    const flags = woff2.readUInt8(at++)
    const tag = flags & 63
    if (tag === arbitraryTag) at += 4
    const version = flags >> 6
    let length = base128()
    if (outlineTags.has(tag) ? version !== 3 : version !== 0) length = base128()
    if (tag === wanted) found = [offset, offset + length]
    offset += length
  }
  return found && brotliDecompressSync(woff2.subarray(at, at + packed)).subarray(...found)
}

/** The fullest Unicode subtable: from-to of characters that lead to a glyph. */
function cmapRanges(cmap: Buffer): [number, number][] {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => {
    const at = cmap.readUInt32BE(4 + i * 8 + 4)
    return { at, format: cmap.readUInt16BE(at) }
  })
  const wide = subtables.find(({ format }) => format === 12)
  if (wide) {
    return Array.from({ length: cmap.readUInt32BE(wide.at + 12) }, (_, i) => {
      const group = wide.at + 16 + i * 12
      return [cmap.readUInt32BE(group), cmap.readUInt32BE(group + 4)]
    })
  }
  const narrow = subtables.find(({ format }) => format === 4)
  if (narrow === undefined) throw new RangeError('The font has no table of characters that is read here.')
  return segmentsOf(cmap, narrow.at)
}

/** Format 4; a character of a segment may still lead to glyph 0, which is none. */
function segmentsOf(cmap: Buffer, at: number): [number, number][] {
  const doubled = cmap.readUInt16BE(at + 6)
  const ends = at + 14
  const starts = ends + doubled + 2
  const deltas = starts + doubled
  const offsets = deltas + doubled
  const found: [number, number][] = []
  for (let i = 0; i < doubled; i += 2) {
    const [from, to] = [cmap.readUInt16BE(starts + i), cmap.readUInt16BE(ends + i)]
    const [delta, offset] = [cmap.readUInt16BE(deltas + i), cmap.readUInt16BE(offsets + i)]
    for (let code = from; code <= to && code < 0xffff; code++) {
      const listed = offset === 0 ? code : cmap.readUInt16BE(offsets + i + offset + 2 * (code - from))
      const glyph = offset !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff
      if (glyph === 0) continue
      const last = found.at(-1)
      if (last?.[1] === code - 1) last[1] = code
      else found.push([code, code])
    }
  }
  return found
}
