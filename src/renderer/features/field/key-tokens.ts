/** GS1's separator, FNC1 as scanners send it. */
export const GS = '\u001D'

/** What a key of a scanner comes to: a character, or a key that is none, such as `F8` or `Ctrl+]`. */
export type KeyToken = { char: string } | { key: string }

/** As much of a KeyboardEvent as counts. */
export interface KeyStroke {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}

/** Of keys that only change others. */
const modifiers: readonly string[] = [
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'Dead',
]

/**
 * Turns key strokes into tokens. Scanners for Windows type GS as Alt with 0029 on the number pad, which no browser
 * gives as a character; so the digits are kept until Alt is let go.
 */
export class KeyTokens {
  #alt: string | undefined

  /** The token of a key that went down; undefined where it is none yet. */
  down(stroke: KeyStroke): KeyToken | undefined {
    const digit = /^(?:Numpad|Digit)(\d)$/.exec(stroke.code)?.[1]
    if (stroke.key === 'Alt') this.#alt = ''
    else if (stroke.altKey && this.#alt !== undefined && digit !== undefined) {
      this.#alt += digit
      return undefined
    }
    if (modifiers.includes(stroke.key)) return undefined
    if (stroke.ctrlKey && !stroke.altKey) return controlToken(stroke)
    if (stroke.metaKey) return { key: `Meta+${stroke.key}` }
    return stroke.key.length === 1 ? { char: stroke.key } : { key: stroke.key }
  }

  /** The character of an Alt code, when Alt is let go. */
  up(stroke: Pick<KeyStroke, 'key'>): KeyToken | undefined {
    if (stroke.key !== 'Alt') return undefined
    const number = Number(this.#alt ?? '')
    this.#alt = undefined
    return number > 0 && number < 256 ? { char: String.fromCharCode(number) } : undefined
  }
}

/** Ctrl+] is the control character GS, on whatever key the layout has the bracket; so is Ctrl+5 of old terminals. */
function controlToken({ key, code }: KeyStroke): KeyToken {
  if (key === ']' || key === GS || code === 'BracketRight') return { char: GS }
  return { key: `Ctrl+${key}` }
}
