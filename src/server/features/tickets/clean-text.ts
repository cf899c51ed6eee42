/** What a guest may not send to a printer: C0 and C1 controls and DEL would be commands. */
const commands = /[\u0000-\u001F\u007F-\u009F]/g
/** Changes of direction, marks without width, the soft hyphen: each would hide or move what is read. */
const invisible = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g
const otherSpaces = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g
const plain = /^[ -~]*$/

/**
 * Text as it may be printed, one line: controls are shown as `?`, changes of direction are dropped, every kind of
 * space is a space, halves of characters are U+FFFD, and letters are composed so that code pages can have them.
 */
export function cleanLine(text: string): string {
  if (plain.test(text)) return text
  return text
    .toWellFormed()
    .replace(/\r\n?|[\n\u0085\u2028\u2029]/g, ' ')
    .replace(otherSpaces, ' ')
    .replace(invisible, '')
    .replace(commands, '?')
    .normalize('NFC')
}

/** The same, line breaks kept. */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n?|[\n\u0085\u2028\u2029]/).map(cleanLine)
}
