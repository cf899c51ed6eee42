/** What Windows keeps for devices, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
/** Bytes: every system takes 255, and an ending and a number come after it. */
const longest = 180

/**
 * A name that every system takes for a file: no path in it, nothing that Windows refuses (docs on naming files), not
 * too long, never empty.
 */
export function safeFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\p{C}\u2028\u2029]/gu, '-')
    .trim()
  const short = firstBytes(clean, longest)
    // Dots and spaces at the end are dropped by Windows, dots at the start hide a file elsewhere.
    .replace(/[. ]+$/, '')
    .replace(/^[. ]+/, '')
  if (short === '') return 'code'
  return devices.test(short) ? `_${short}` : short
}

/** As many whole characters as fit. */
function firstBytes(text: string, most: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    end += character.length
  }
  return text.slice(0, end)
}

/** Gives each name once: `name`, `name (2)` …; letter case makes no difference on Windows and macOS. */
export class UniqueNames {
  readonly #taken = new Set<string>()
  readonly #last = new Map<string, number>()

  take(name: string): string {
    const safe = safeFileName(name)
    const key = keyOf(safe)
    if (!this.#taken.has(key)) {
      this.#taken.add(key)
      return safe
    }
    let count = this.#last.get(key) ?? 1
    for (;;) {
      const other = `${safe} (${++count})`
      if (this.#taken.has(keyOf(other))) continue
      this.#last.set(key, count)
      this.#taken.add(keyOf(other))
      return other
    }
  }

  /** Remembers a name that `take` gave in an earlier run. */
  keep(name: string): void {
    this.#taken.add(keyOf(name))
  }
}

function keyOf(name: string): string {
  return name.toLowerCase()
}
