import { cleanLines } from './clean-text.ts'
import { columnsOf, graphemesOf } from './measure-text.ts'

/** Scripts that write no spaces: a line may end between any two of their signs. */
const breaksAnywhere =
  /[\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60\u{20000}-\u{3FFFD}]/u
/** Signs that never begin a line: they belong to the one before them. */
const closing =
  /^[\u3001\u3002\u3005\u30FC\u300D\u300F\u3011\u3041\u3043\u3063\u3083\u3085\u3087\u30A1\u30A3\u30C3\u30E3\u30E5\u30E7\uFF01\uFF09\uFF0C\uFF0E\uFF1A\uFF1F]/
const thai = /[\u0E00-\u0EFF]/

/**
 * Text in lines of at most so many columns, broken between words and, where a word is longer than a line, between
 * characters. Line breaks in the text are kept. Cleaned on the way; an empty text is no line.
 */
export function wrapText(text: string, columns: number): string[] {
  const lines = cleanLines(text).flatMap((line) => wrapLine(line.trim(), columns))
  while (lines.at(-1) === '') lines.pop()
  return lines
}

function wrapLine(line: string, columns: number): string[] {
  if (columnsOf(line) <= columns) return [line]
  const lines: string[] = []
  let current = ''
  let used = 0
  const push = () => {
    if (current.trimEnd() !== '') lines.push(current.trimEnd())
    current = ''
    used = 0
  }
  for (const piece of piecesOf(line, columns)) {
    const width = columnsOf(piece)
    if (used + columnsOf(piece.trimEnd()) > columns) push()
    // No line begins with the space at which the one before it ended.
    if (current === '' && piece.trim() === '') continue
    current += piece
    used += width
  }
  push()
  return lines
}

/** What must stay together: words with the spaces after them, single signs, and parts of words too long to fit. */
function piecesOf(line: string, columns: number): string[] {
  return (line.match(/\S+\s*|\s+/g) ?? []).flatMap((word) => {
    if (thai.test(word)) return fitting(thaiWords(word), columns)
    if (breaksAnywhere.test(word)) return signsOf(word)
    return fitting([word], columns)
  })
}

function signsOf(word: string): string[] {
  const signs: string[] = []
  for (const grapheme of graphemesOf(word)) {
    if (signs.length > 0 && closing.test(grapheme)) signs[signs.length - 1] += grapheme
    else signs.push(grapheme)
  }
  return signs
}

function thaiWords(text: string): string[] {
  return [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}

function fitting(words: readonly string[], columns: number): string[] {
  return words.flatMap((word) => (columnsOf(word.trimEnd()) <= columns ? [word] : graphemesOf(word)))
}
