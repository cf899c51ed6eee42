/** A host name with its `xn--` labels decoded (RFC 3492); a label that cannot be decoded stays as it is. */
export function toUnicodeHost(host: string): string {
  return host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join('.')
}

const BASE = 36
const T_MIN = 1
const T_MAX = 26

function decodeLabel(input: string): string | null {
  const split = input.lastIndexOf('-')
  const output = Array.from(input.slice(0, Math.max(split, 0)), (c) => c.charCodeAt(0))
  let [code, at, bias, index] = [128, 0, 72, split + 1]
  while (index < input.length) {
    const before = at
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(input.charCodeAt(index++))
      if (digit < 0) return null
      at += digit * weight
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX)
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    const length = output.length + 1
    bias = adapt(at - before, length, before === 0)
    code += Math.floor(at / length)
    if (code > 0x10ffff) return null
    at %= length
    output.splice(at++, 0, code)
  }
  return String.fromCodePoint(...output)
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 22
  return code >= 97 && code <= 122 ? code - 97 : -1
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38))
}
