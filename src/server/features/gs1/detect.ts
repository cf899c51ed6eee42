import { looksLikeLink } from './read-digital-link.ts'

/**
 * What keyboard scanners make of the separator (GS, 0x1D), and what people and tools write for it: `<GS>`, `{GS}`,
 * Alt+029 that came through as text, Ctrl+].
 */
const separators = /<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\\x1[dD]|\\u001[dD]|\u241d|\u001d|\u2194|Alt\+0?029/gi

/** How a carrier's text is to be read. */
export type Form = 'bracketed' | 'scan' | 'digital_link' | 'data' | 'gtin' | 'digits' | 'unknown'

export interface Detected {
  form: Form
  /** What is read: the input, or what became of it. */
  text: string
  /** Where the text begins in the input; undefined where it was rewritten and places no longer match. */
  offset: number | undefined
}

/**
 * Tells an input by its looks. Digits alone are a GTIN where they can be one; where they can be identifiers as well
 * the caller says so.
 */
export function detectForm(input: string): Detected {
  if (looksLikeLink(input)) return { form: 'digital_link', text: input, offset: 0 }
  if (input.startsWith('(')) return { form: 'bracketed', text: input, offset: 0 }
  if (/^\][A-Za-z]/.test(input)) return { form: 'scan', ...separated(withoutSuffix(input), '\u001d') }
  const text = input.trim()
  const offset = input.indexOf(text)
  if (looksLikeLink(text) && offset === 0) return { form: 'digital_link', text, offset }
  if (/^\d+$/.test(text)) {
    return { form: [8, 12, 13, 14].includes(text.length) ? 'gtin' : 'digits', text, offset }
  }
  // Control characters at an end are the scanner's; white space within data is left for the checks to name.
  const data = separated(withoutSuffix(input), '^')
  if (data.text.startsWith('^')) return { form: 'data', ...data }
  if (data.text.includes('^') || /^\d{2}/.test(data.text)) {
    return { form: 'data', text: `^${data.text}`, offset: data.offset === undefined ? undefined : -1 }
  }
  return { form: 'unknown', text: input, offset: 0 }
}

function withoutSuffix(input: string): string {
  return input.endsWith('\n') || input.endsWith('\r') ? input.replace(/[\r\n]{1,2}$/, '') : input
}

function separated(input: string, by: string): { text: string; offset: number | undefined } {
  const text = input.replaceAll(separators, by)
  return { text, offset: text.length === input.length ? 0 : undefined }
}
