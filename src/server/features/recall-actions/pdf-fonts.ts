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
  'noto-emoji',
] as const

/** One font file: some characters of one package. */
interface Subset {
  package: (typeof packages)[number]
  stem: string
  ranges: readonly (readonly [number, number])[]
}

/** Letters of one font that follow one another. */
export interface Run {
  font: string
  text: string
  isRightToLeft: boolean
}

/**
 * What shows as nothing, or turns what follows it around, is written out: on evidence, everything that is there is
 * to be seen.
 */
const unseen =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const joiners = /[\p{Join_Control}\p{Variation_Selector}]/u

/** Text without anything hidden: `[U+202E]` for what would not be seen. Line ends stay. */
export function visibleText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ')
  return lines.replaceAll(unseen, (letter) => (letter === '\n' ? letter : codeOf(letter)))
}

function codeOf(letter: string): string {
  return `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`
}

/** The Noto fonts for one PDF, each read and embedded when a character first needs it. */
export class PdfFonts {
  readonly #pdf: PDFKit.PDFDocument
  readonly #fontDir: string
  readonly #subsets: readonly Subset[]
  readonly #registered = new Set<string>()
  readonly #found = new Map<string, Subset | undefined>()

  constructor(pdf: PDFKit.PDFDocument, fontDir: string) {
    this.#pdf = pdf
    this.#fontDir = fontDir
    this.#subsets = packages.flatMap((name) => readSubsets(fontDir, name))
  }

  /** A text in runs of one font each. What no font has is written as its code. */
  runsOf(text: string, isBold: boolean): Run[] {
    const runs: Run[] = []
    const add = (subset: Subset, letters: string): void => {
      const last = runs.at(-1)
      const font = this.#register(subset, isBold)
      if (last?.font === font) last.text += letters
      else runs.push({ font, text: letters, isRightToLeft: /arabic|hebrew/.test(subset.package) })
    }
    let before: Subset | undefined
    for (const letter of text) {
      // Only scripts that join need these, and other fonts would show a box.
      if (joiners.test(letter) && !/arabic|devanagari/.test(before?.package ?? '')) continue
      const subset =
        letter === ' ' || joiners.test(letter) ? (before ?? this.#find(letter)) : this.#find(letter)
      before = subset ?? this.#find('U')!
      add(before, subset ? letter : codeOf(letter))
    }
    return runs
  }

  #find(letter: string): Subset | undefined {
    if (this.#found.has(letter)) return this.#found.get(letter)
    const code = letter.codePointAt(0)!
    const holding = this.#subsets.filter(({ ranges }) =>
      ranges.some(([from, to]) => code >= from && code <= to),
    )
    const emoji = /^\p{Emoji_Presentation}$/u.test(letter)
    const subset = (emoji && holding.find((one) => one.package === 'noto-emoji')) || holding[0]
    this.#found.set(letter, subset)
    return subset
  }

  /** Only Latin, Greek and Cyrillic come in bold. */
  #register(subset: Subset, isBold: boolean): string {
    const weight = isBold && subset.package === 'noto-sans' ? 700 : 400
    const font = `${subset.stem}-${weight}`
    if (!this.#registered.has(font)) {
      const file = join(this.#fontDir, subset.package, 'files', `${font}-normal.woff2`)
      this.#pdf.registerFont(font, readFileSync(file))
      this.#registered.add(font)
    }
    return font
  }
}

/** `unicode.json` of a package: `{"latin": "U+0000-00FF,U+0131", "[4]": …}`. */
function readSubsets(fontDir: string, name: Subset['package']): Subset[] {
  const file = readFileSync(join(fontDir, name, 'unicode.json'), 'utf8')
  return Object.entries(JSON.parse(file) as Record<string, string>).map(([key, ranges]) => ({
    package: name,
    stem: `${name}-${key.replaceAll(/[[\]]/g, '')}`,
    ranges: ranges.split(',').map((range) => {
      const [from, to] = range.trim().slice(2).split('-')
      return [parseInt(from!, 16), parseInt(to ?? from!, 16)] as const
    }),
  }))
}
