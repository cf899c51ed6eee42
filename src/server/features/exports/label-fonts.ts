import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fontkit from 'fontkit'

/** Packages of @fontsource, in the order in which a character is looked for. */
const packages = [
  'noto-sans',
  'noto-sans-arabic',
  'noto-sans-hebrew',
  'noto-sans-thai',
  'noto-sans-devanagari',
  'noto-sans-sc',
  'noto-sans-jp',
  'noto-sans-kr',
  'noto-emoji',
] as const

/** One file: some characters of one font, opened when a character first needs it. */
interface Subset {
  package: string
  stem: string
  ranges: readonly (readonly [number, number])[]
  font?: fontkit.Font
}

/** A glyph as it is drawn: `id` names it over all fonts, its box is a thousand units high. */
export interface DrawnGlyph {
  id: number
  advance: number
  /** Moves, lines and curves in thousandths of the letter height, upwards. */
  path: fontkit.Glyph['path']
  scale: number
  /** What it stands for; empty where it belongs to the glyph before it. */
  text: string
}

/** A glyph in its place, in thousandths of the letter height from the left end of its text. */
export interface PlacedGlyph {
  glyph: DrawnGlyph
  x: number
  y: number
}

/** A line of text, left to right as it is seen. */
export interface TextLine {
  glyphs: PlacedGlyph[]
  /** In thousandths of the letter height. */
  width: number
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u
/** Scripts whose letters stand beside each other as they are; the others are joined or moved by the font. */
const simple =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{N}\p{P}\p{S}\p{Zs}]*$/u
/** What has no shape, and what would turn or break the line: none of it is drawn. */
const undrawn = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu
const mark = /\p{M}/u

/**
 * Lines of text as outlines, in whatever script, from the Noto fonts in `fontDir` (packages of @fontsource). A
 * character that none of them has is drawn as `?`, for an empty place would hide that something is missing.
 */
export class LabelFonts {
  readonly #fontDir: string
  #subsets: Subset[] | undefined
  readonly #subsetOf = new Map<number, Subset>()
  readonly #glyphs = new Map<string, DrawnGlyph>()
  readonly #simple = new Map<string, DrawnGlyph>()

  constructor(fontDir: string) {
    this.#fontDir = fontDir
  }

  /** Shortened with an ellipsis where it is wider than `most`, in thousandths of the letter height. */
  fit(text: string, most: number): TextLine {
    const clean = text.replaceAll(undrawn, ' ').trim()
    const line = this.#line(clean)
    if (line.width <= most) return line
    const letters = Array.from(new Intl.Segmenter().segment(clean), ({ segment }) => segment)
    const cut = (count: number) => this.#line(`${letters.slice(0, count).join('').trimEnd()}…`)
    // Letters are about equally wide: the guess is a step or two off, and setting a line is what takes time.
    let count = Math.floor((letters.length * most) / line.width)
    let shorter = cut(count)
    while (count > 0 && shorter.width > most) shorter = cut(--count)
    for (; count + 1 < letters.length; count++) {
      const longer = cut(count + 1)
      if (longer.width > most) break
      shorter = longer
    }
    return shorter
  }

  #line(text: string): TextLine {
    if (simple.test(text)) return this.#plainLine(text)
    const glyphs: PlacedGlyph[] = []
    let width = 0
    for (const run of runsOf(text)) width = this.#setRun(run, glyphs, width)
    return { glyphs, width }
  }

  #plainLine(text: string): TextLine {
    const glyphs: PlacedGlyph[] = []
    let width = 0
    for (const character of text) {
      let glyph = this.#simple.get(character)
      if (glyph === undefined) {
        const { subset, code } = this.#find(character)
        glyph = this.#draw(subset, subset.font!.glyphForCodePoint(code), character)
        this.#simple.set(character, glyph)
      }
      glyphs.push({ glyph, x: width, y: 0 })
      width += glyph.advance
    }
    return { glyphs, width }
  }

  /** Shapes a run of one direction, font by font, and returns where it ends. */
  #setRun({ text, rtl }: Run, glyphs: PlacedGlyph[], from: number): number {
    let at = from
    const parts = this.#parts(rtl ? mirrored(text) : text)
    for (const { subset, text: part } of rtl ? parts.toReversed() : parts) {
      const font = subset.font!
      const shaped = font.layout(part, undefined, undefined, undefined, rtl ? 'rtl' : 'ltr')
      const scale = 1000 / font.unitsPerEm
      for (const [index, glyph] of shaped.glyphs.entries()) {
        const { xAdvance, xOffset, yOffset } = shaped.positions[index]!
        const text = String.fromCodePoint(...glyph.codePoints)
        glyphs.push({ glyph: this.#draw(subset, glyph, text), x: at + xOffset * scale, y: yOffset * scale })
        at += xAdvance * scale
      }
    }
    return at
  }

  /** Pieces of a text that one font can draw each; a mark stays with its letter. */
  #parts(text: string): { subset: Subset; text: string }[] {
    const parts: { subset: Subset; text: string }[] = []
    for (const character of text) {
      const { subset, code } = this.#find(character)
      const last = parts.at(-1)
      const stays = last && (last.subset === subset || mark.test(character) || character === ' ')
      if (stays) last.text += String.fromCodePoint(code)
      else parts.push({ subset, text: String.fromCodePoint(code) })
    }
    return parts
  }

  #draw(subset: Subset, glyph: fontkit.Glyph, text: string): DrawnGlyph {
    const key = `${subset.stem}/${glyph.id}`
    const known = this.#glyphs.get(key)
    if (known) return known
    const scale = 1000 / subset.font!.unitsPerEm
    const drawn = {
      id: this.#glyphs.size,
      advance: glyph.advanceWidth * scale,
      path: glyph.path,
      scale,
      text,
    }
    this.#glyphs.set(key, drawn)
    return drawn
  }

  #find(character: string): { subset: Subset; code: number } {
    const code = character.codePointAt(0) ?? 63
    const subset = this.#subsetOf.get(code) ?? this.#search(code)
    return subset === undefined ? { subset: this.#search(63)!, code: 63 } : { subset, code }
  }

  #search(code: number): Subset | undefined {
    const all = (this.#subsets ??= packages.flatMap((name) => readSubsets(this.#fontDir, name)))
    for (const subset of all) {
      if (!subset.ranges.some(([from, to]) => code >= from && code <= to)) continue
      subset.font ??= openFont(this.#fontDir, subset)
      // The ranges promise more than the file holds.
      if (!subset.font.hasGlyphForCodePoint(code)) continue
      this.#subsetOf.set(code, subset)
      return subset
    }
    return undefined
  }
}

interface Run {
  text: string
  rtl: boolean
}

/**
 * The runs of a line in the order in which they are seen: the part of Unicode's bidirectional algorithm (UAX #9) that
 * single lines without marks need. Digits stay with what they stand in; spaces and signs between two runs of one
 * direction are of that direction, others of the line's.
 */
function runsOf(text: string): Run[] {
  const first = /\p{L}/u.exec(text)?.[0] ?? ''
  const base = rightToLeft.test(first)
  const runs: Run[] = []
  let neutral = ''
  for (const character of text) {
    const strong = /[\p{L}\p{M}]/u.test(character) || (!base && /\p{N}/u.test(character))
    // Numbers are written from left to right in every script.
    const digit = /\p{N}/u.test(character)
    if (!strong && !digit) {
      neutral += character
      continue
    }
    const rtl = !digit && rightToLeft.test(character)
    const last = runs.at(-1)
    if (last && last.rtl === rtl) last.text += neutral + character
    else {
      if (neutral !== '') addNeutral(runs, neutral, base)
      const before = runs.at(-1)
      if (before && before.rtl === rtl) before.text += character
      else runs.push({ text: character, rtl })
    }
    neutral = ''
  }
  if (neutral !== '') addNeutral(runs, neutral, base)
  return base ? runs.toReversed() : runs
}

const mirrors: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
}

/** What opens in one direction closes in the other (UAX #9, L4). */
function mirrored(text: string): string {
  return text.replaceAll(/[()[\]{}<>«»]/g, (sign) => mirrors[sign] ?? sign)
}

function addNeutral(runs: Run[], text: string, base: boolean): void {
  const last = runs.at(-1)
  if (last && last.rtl === base) last.text += text
  else runs.push({ text, rtl: base })
}

/** `unicode.json` of a package: `{"latin": "U+0000-00FF,U+0131", "[4]": …}`. */
function readSubsets(fontDir: string, name: string): Subset[] {
  const file = readFileSync(join(fontDir, name, 'unicode.json'), 'utf8')
  return Object.entries(JSON.parse(file) as Record<string, string>).map(([key, ranges]) => ({
    package: name,
    stem: `${name}-${key.replaceAll(/[[\]]/g, '')}`,
    ranges: ranges.split(',').map((range) => {
      const [from = '', to = from] = range.trim().slice(2).split('-')
      return [parseInt(from, 16), parseInt(to, 16)] as const
    }),
  }))
}

function openFont(fontDir: string, subset: Subset): fontkit.Font {
  const bytes = readFileSync(join(fontDir, subset.package, 'files', `${subset.stem}-400-normal.woff2`))
  return fontkit.create(bytes) as fontkit.Font
}
