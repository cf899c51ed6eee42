const plain = /^[ -~]*$/
const noWidth = /^[\p{Mn}\p{Me}\p{Join_Control}]$/u
/** East Asian letters and signs, and emoji: two columns each. */
const doubleWidth =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u
const rightToLeft = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u

function columnsOfCharacter(character: string): number {
  if (character <= '~') return 1
  if (noWidth.test(character)) return 0
  return doubleWidth.test(character) ? 2 : 1
}

/** How many columns of font A a text takes, on paper and in a picture. */
export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += columnsOfCharacter(character)
  return columns
}

/** Whether the first letter is Hebrew or Arabic, so that the line begins at the right. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text)
}

/** Characters as a person counts them: an accent or a joined emoji is never cut off. */
export function graphemesOf(text: string): string[] {
  if (plain.test(text)) return text.split('')
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
}
