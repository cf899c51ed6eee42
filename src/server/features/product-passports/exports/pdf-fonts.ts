import { readFileSync } from 'node:fs'
import { join } from 'node:path'

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
] as const

/** One file of a font: some of its characters. */
interface Subset {
  file: (weight: 400 | 700) => string
  /** Bold is there for Latin, Greek and Cyrillic letters alone. */
  hasBold: boolean
  ranges: readonly (readonly [number, number])[]
}

/** A stretch of text in one font. */
export interface TextRun {
  text: string
  /** Path of the font's file, which is its name too. */
  font: string
}

/** Marks, joiners and blanks take the font of what stands before them. */
const needsNoFont = /^[\s\p{Mark}\p{Join_Control}]$/u
/** What no font draws and a page must not hold. */
const dropped =
  /[\0-\t\v-\x1f\x7f-\x9f\p{Variation_Selector}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The fonts of one document: which file holds which character. Files are read when a character first needs them. */
export class PdfFonts {
  readonly #subsets: readonly Subset[]
  readonly #found = new Map<string, Subset | undefined>()

  constructor(fontDir: string) {
    this.#subsets = packages.flatMap((name) => readSubsets(fontDir, name))
  }

  /** The text in runs of one font each; a character that no font has becomes a question mark. */
  runsOf(text: string, weight: 400 | 700): TextRun[] {
    const runs: TextRun[] = []
    for (const sign of text.replaceAll(dropped, '')) {
      const last = runs.at(-1)
      if (last && needsNoFont.test(sign)) {
        last.text += sign
        continue
      }
      const subset = this.#find(sign)
      const known = subset ?? this.#find('?')
      if (!known) continue
      const font = known.file(known.hasBold ? weight : 400)
      const drawn = subset ? sign : '?'
      if (last?.font === font) last.text += drawn
      else runs.push({ text: drawn, font })
    }
    return runs
  }

  #find(sign: string): Subset | undefined {
    if (this.#found.has(sign)) return this.#found.get(sign)
    const code = needsNoFont.test(sign) ? 0x20 : sign.codePointAt(0)!
    const subset = this.#subsets.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to))
    this.#found.set(sign, subset)
    return subset
  }
}

/** `unicode.json` of a package: `{"latin": "U+0000-00FF,U+0131", "[4]": …}`. */
function readSubsets(fontDir: string, name: string): Subset[] {
  const file = readFileSync(join(fontDir, name, 'unicode.json'), 'utf8')
  return Object.entries(JSON.parse(file) as Record<string, string>).map(([key, ranges]) => ({
    file: (weight) =>
      join(fontDir, name, 'files', `${name}-${key.replaceAll(/[[\]]/g, '')}-${weight}-normal.woff2`),
    hasBold: name === 'noto-sans',
    ranges: ranges.split(',').map((range) => {
      const [from, to] = range.trim().slice(2).split('-')
      return [parseInt(from!, 16), parseInt(to ?? from!, 16)] as const
    }),
  }))
}
