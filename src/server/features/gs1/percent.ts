/**
 * Undoes percent-encoding byte by byte. A `%` without two hexadecimal digits stays as it is, as in GS1's engine; in a
 * query `+` is a space, in a path it is itself.
 */
export function percentDecode(text: string, isQuery: boolean): string {
  if (!text.includes('%') && !(isQuery && text.includes('+'))) return text
  const spaced = isQuery ? text.replaceAll('+', ' ') : text
  return spaced.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** RFC 3986: everything but unreserved characters, in capitals. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
