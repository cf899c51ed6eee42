/** The page's memory over a reload; private windows may refuse it, and the page then works without. */
export interface Keep {
  /** What was written, or undefined. */
  read(name: string): unknown
  write(name: string, value: unknown): void
}

/** Kept for one table alone: a phone that moves on to another shop takes nothing along. */
export function makeKeep(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, place: string): Keep {
  const key = (name: string) => `qrscan.guest.${place}.${name}`
  return {
    read: (name) => {
      try {
        const text = storage.getItem(key(name))
        return text === null ? undefined : (JSON.parse(text) as unknown)
      } catch {
        return undefined
      }
    },
    write: (name, value) => {
      try {
        if (value === undefined) storage.removeItem(key(name))
        else storage.setItem(key(name), JSON.stringify(value))
      } catch {
        // Full or forbidden: what is on the screen still holds.
      }
    },
  }
}

/** Cannot be guessed; `crypto.randomUUID` is not there over plain http. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
