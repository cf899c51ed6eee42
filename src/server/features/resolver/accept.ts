/**
 * Which of our media types an `Accept` likes best (RFC 9110, 12.5.1); undefined where it takes none. A browser sends
 * its wish for HTML beside a star for everything else, so a star only ever gives the first.
 */
export function preferredType<T extends string>(
  header: string | undefined,
  types: readonly T[],
): T | undefined {
  if (header === undefined || header.trim() === '') return types[0]
  const ranges = header.slice(0, 2000).split(',', 60).map(readRange)
  let best: { type: T; quality: number; exact: number } | undefined
  for (const type of types) {
    const range = ranges
      .filter(({ name }) => name === type || name === '*/*' || name === `${type.split('/', 1)[0]}/*`)
      .toSorted((a, b) => exactness(b.name) - exactness(a.name))[0]
    if (!range || range.quality <= 0) continue
    const exact = exactness(range.name)
    const isBetter =
      !best || range.quality > best.quality || (range.quality === best.quality && exact > best.exact)
    if (isBetter && (exact === 2 || !best)) best = { type, quality: range.quality, exact }
  }
  return best?.type
}

function readRange(part: string): { name: string; quality: number } {
  const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
  const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
  return { name, quality: Number.isNaN(quality) ? 0 : quality }
}

function exactness(name: string): number {
  if (name === '*/*') return 0
  return name.endsWith('/*') ? 1 : 2
}
