/** The family of canvas's `font` that holds a character, `"noto-sans-thai"`; empty where none does. */
export type FamiliesFor = (text: string, bold: boolean) => string

/** Letters of one font that follow one another. */
export interface Run {
  /** As canvas's `font` names a family. */
  family: string
  text: string
}

/**
 * What shows as nothing, or turns what follows it around, is written out: on evidence, everything that is there is
 * to be seen.
 */
const unseen =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
/** Blanks, marks and joiners take the font of what stands before them. */
const needsNoFont = /^[\s\p{Mark}\p{Join_Control}\p{Variation_Selector}]$/u

/** Text without anything hidden: `[U+202E]` for what would not be seen. Line ends stay. */
export function visibleText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ')
  return lines.replaceAll(unseen, (letter) => (letter === '\n' ? letter : codeOf(letter)))
}

function codeOf(letter: string): string {
  return `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`
}

/** Finds fonts for one document, and remembers. */
export class PdfFonts {
  readonly #familiesFor: FamiliesFor
  readonly #families = new Map<string, string>()

  constructor(familiesFor: FamiliesFor) {
    this.#familiesFor = familiesFor
  }

  /**
   * A text in runs of one family each: given several, Skia takes some letters from one that lacks them. What no font
   * has is written as its code.
   */
  runsOf(text: string, isBold: boolean): Run[] {
    const runs: Run[] = []
    for (const sign of text) {
      const last = runs.at(-1)
      if (last && needsNoFont.test(sign)) last.text += sign
      else {
        const found = this.#familyOf(sign, isBold)
        const family = found || this.#familyOf('U', isBold)
        const letters = found || needsNoFont.test(sign) ? sign : codeOf(sign)
        if (last?.family === family) last.text += letters
        else runs.push({ family, text: letters })
      }
    }
    return runs
  }

  #familyOf(sign: string, isBold: boolean): string {
    const key = `${isBold ? 'b' : ''}${sign}`
    const family = this.#families.get(key) ?? this.#familiesFor(sign, isBold)
    this.#families.set(key, family)
    return family
  }
}
