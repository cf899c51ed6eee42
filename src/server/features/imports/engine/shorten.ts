/** Cut to so many UTF-16 units without halving a character. */
export function shorten(text: string, limit: number): string {
  const cut = text.slice(0, limit)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1).trimEnd() : cut.trimEnd()
}
