/** What the address of the studio holds: the text to begin with. */
export interface StudioSearch {
  text?: string
}

export function readStudioSearch({ text }: Record<string, unknown>): StudioSearch {
  // The router reads `?text=2026` as a number.
  const read = typeof text === 'number' || typeof text === 'string' ? String(text) : ''
  return read === '' ? {} : { text: read }
}
