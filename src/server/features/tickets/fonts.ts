import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GlobalFonts } from '@napi-rs/canvas'
import { fontCoverage } from './font-coverage.ts'

const monoPackage = 'noto-sans-mono'

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
type Package = (typeof packages)[number] | typeof monoPackage

/** One file: some characters of one font. */
interface Subset {
  package: Package
  /** The file's name before its weight. */
  stem: string
  ranges: readonly (readonly [number, number])[]
}

/** What a text is drawn with. */
export interface TextFonts {
  /** A list of families for canvas's `font`. */
  families: string
  /** Characters that none of them has. */
  missing: string[]
}

const needsNoGlyph = /^[\s\p{Join_Control}\p{Variation_Selector}]$/u

/**
 * The Noto fonts in `fontDir`, which holds packages of @fontsource as npm does. Files are read when a character
 * first needs them: a ticket in Chinese takes some of a hundred, not all.
 */
export class TicketFonts {
  readonly #fontDir: string
  #subsets: readonly Subset[] | undefined
  #mono: readonly Subset[] | undefined
  readonly #registered = new Set<string>()
  readonly #coverage = new Map<Subset, (code: number) => boolean>()
  /** Subsets by character and by the package that is asked first. */
  readonly #found = new Map<string, Subset | undefined>()

  constructor(fontDir: string) {
    this.#fontDir = fontDir
  }

  fontsFor(text: string, locale: string, bold: boolean): TextFonts {
    const hanPackage = hanPackageOf(text, locale)
    const used = new Set<Subset>()
    const missing: string[] = []
    for (const character of text) {
      if (needsNoGlyph.test(character)) continue
      const subset = this.#find(character, hanPackage)
      if (subset === undefined) missing.push(character)
      else used.add(subset)
    }
    const ordered = [...used].toSorted((a, b) => rankOf(a) - rankOf(b))
    return { families: ordered.map((subset) => this.#register(subset, bold)).join(', '), missing }
  }

  /** Families of letters that are all equally wide, for drawing what a printer sets in cells. */
  monoFamilies(text: string): string {
    this.#mono ??= readSubsets(this.#fontDir, monoPackage)
    const used = this.#mono.filter((subset) =>
      Array.from(text).some((letter) => declares(subset, letter.codePointAt(0)!)),
    )
    return [...used.map((subset) => this.#register(subset, false)), 'monospace'].join(', ')
  }

  #find(character: string, hanPackage: Package): Subset | undefined {
    const preferred = packageOf(character, hanPackage)
    const key = `${preferred ?? ''}${character}`
    if (this.#found.has(key)) return this.#found.get(key)
    const code = character.codePointAt(0)!
    const all = (this.#subsets ??= packages.flatMap((name) => readSubsets(this.#fontDir, name)))
    const candidates = all
      .filter((subset) => declares(subset, code))
      .toSorted((a, b) => Number(b.package === preferred) - Number(a.package === preferred))
    const subset = candidates.find((one) => this.#holds(one, code))
    // A flood of rare characters must not fill the memory.
    if (this.#found.size > 50_000) this.#found.clear()
    this.#found.set(key, subset)
    return subset
  }

  #holds(subset: Subset, code: number): boolean {
    let coverage = this.#coverage.get(subset)
    if (coverage === undefined) {
      coverage = fontCoverage(this.#read(subset, 400))
      this.#coverage.set(subset, coverage)
    }
    return coverage(code)
  }

  /** Read here and not by the canvas: in the packed app the file is inside an archive. */
  #read(subset: Subset, weight: number): Buffer {
    const file = `${subset.stem}-${weight}-normal.woff2`
    return readFileSync(join(this.#fontDir, subset.package, 'files', file))
  }

  /** The family's name. Only Latin, Greek and Cyrillic come in bold; the others are drawn with a thicker line. */
  #register(subset: Subset, bold: boolean): string {
    const weight = bold && subset.package === 'noto-sans' ? 700 : 400
    const family = `ticket-${subset.stem}-${weight}`
    if (!this.#registered.has(family)) {
      this.#registered.add(family)
      GlobalFonts.register(this.#read(subset, weight), family)
    }
    return `"${family}"`
  }
}

function rankOf(subset: Subset): number {
  return (packages as readonly string[]).indexOf(subset.package)
}

/** By the service's word, which holds more than the file does. */
function declares({ ranges }: Subset, code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to)
}

/** The same Chinese character has other forms in Japan and Korea. */
function hanPackageOf(text: string, locale: string): Package {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) || locale.startsWith('ja')) return 'noto-sans-jp'
  if (/\p{Script=Hangul}/u.test(text) || locale.startsWith('ko')) return 'noto-sans-kr'
  return 'noto-sans-sc'
}

/** Where a character is looked for first. */
function packageOf(character: string, hanPackage: Package): Package | undefined {
  if (/^\p{Emoji_Presentation}$/u.test(character)) return 'noto-emoji'
  if (/^\p{Script=Hangul}$/u.test(character)) return 'noto-sans-kr'
  if (/^[\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(character)) return 'noto-sans-jp'
  // Their punctuation and wide forms too: a full stop has another place in each.
  return /^[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]$/u.test(character) ? hanPackage : undefined
}

/** `unicode.json` of a package: `{"latin": "U+0000-00FF,U+0131", "[4]": …}`. */
function readSubsets(fontDir: string, name: Package): Subset[] {
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
