/**
 * Content lines of vCard (RFC 6350, RFC 2426) and iCalendar (RFC 5545). Whatever a value says, it stays in its line:
 * every one goes through one of three encoders.
 */
export interface ContentLine {
  name: string
  parameters?: Readonly<Record<string, string>>
  value: ContentValue
}

type ContentValue =
  | { text: string }
  /** Parts between semicolons, such as those of a name or an address. */
  | { parts: readonly string[] }
  /** Already checked: a web address, a date, or base64. */
  | { raw: string }

/** A line holds 75 octets at most, its line break not counted; what follows begins with a space. */
const mostOctets = 75

export function writeLines(lines: readonly ContentLine[]): string {
  return lines.map((line) => `${fold(lineOf(line))}\r\n`).join('')
}

function lineOf({ name, parameters = {}, value }: ContentLine): string {
  const head = Object.entries(parameters).map(([key, text]) => `;${key}=${parameterOf(text)}`)
  return `${name}${head.join('')}:${valueOf(value)}`
}

function valueOf(value: ContentValue): string {
  if ('raw' in value) return value.raw.replaceAll(/[\r\n]/g, '')
  if ('parts' in value) return value.parts.map(escapeText).join(';')
  return escapeText(value.text)
}

function escapeText(text: string): string {
  return cleanText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n')
}

/** Line breaks of every kind become `\n`; control characters but the tab and half characters go. */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, '\n')
      // oxlint-disable-next-line no-control-regex -- these are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
  )
}

/** RFC 6868: what a quoted parameter cannot hold is written with a caret. */
function parameterOf(text: string): string {
  const safe = cleanText(text).replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'")
  return /[,;:]/.test(safe) ? `"${safe}"` : safe
}

/** Cuts after 75 octets, never inside a character. */
function fold(line: string): string {
  let out = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > mostOctets) {
      out += '\r\n '
      octets = 1
    }
    out += letter
    octets += size
  }
  return out
}

/** A web, mail or telephone address as `new URL` writes it; undefined for any other scheme or none. */
export function safeUri(
  text: string,
  schemes: readonly string[] = ['https:', 'http:', 'mailto:', 'tel:'],
): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  // A backslash in a query is left by `URL`, and taken for an escape by readers.
  return schemes.includes(url.protocol) ? url.href.replaceAll('\\', '%5C') : undefined
}
