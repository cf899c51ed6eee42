/** Numbered text, such as `L0098`: what stays the same, and digits of one width. */
interface Numbered {
  prefix: string
  digits: string
}

function numbered(text: string): Numbered | undefined {
  const match = /^(.*?)(\d+)$/.exec(text)
  return match ? { prefix: match[1]!, digits: match[2]! } : undefined
}

/**
 * Why a range cannot be judged, as a sentence; undefined where it can. Plain order of text puts 10 before 9, and order
 * by number makes L099 the same as L99: so both ends must share prefix and number of digits.
 */
export function rangeProblem({ from, to }: { from: string; to: string }): string | undefined {
  const [low, high] = [numbered(from), numbered(to)]
  if (!low || !high) return 'Both ends of a range must end with digits.'
  const shared = commonPrefix(low, high)
  if (!shared) return 'Both ends of a range must begin alike and have the same number of digits.'
  return shared.low > shared.high ? 'The end of a range must not be before its start.' : undefined
}

/** `A1001` to `A1200` share `A`; digits that are alike on both sides count as digits all the same. */
function commonPrefix(
  low: Numbered,
  high: Numbered,
): { prefix: string; low: string; high: string } | undefined {
  const isAlike = low.prefix === high.prefix && low.digits.length === high.digits.length
  return isAlike ? { prefix: low.prefix, low: low.digits, high: high.digits } : undefined
}

export function isInRange(text: string, { from, to }: { from: string; to: string }): boolean {
  const [low, high] = [numbered(from), numbered(to)]
  const shared = low && high && commonPrefix(low, high)
  if (!shared || !text.startsWith(shared.prefix)) return false
  const digits = text.slice(shared.prefix.length)
  if (digits.length !== shared.low.length || !/^\d+$/.test(digits)) return false
  return digits >= shared.low && digits <= shared.high
}
