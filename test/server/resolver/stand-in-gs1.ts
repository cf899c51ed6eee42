import type { Gs1Element, Gs1Result } from '#contract/gs1.ts'

const keys: Record<string, RegExp> = {
  '00': /^\d{18}$/,
  '01': /^\d{14}$/,
  '414': /^\d{13}$/,
  '8004': /^[!-z]{1,30}$/,
  '8006': /^\d{18}$/,
  '10': /^[!"%-?A-Z_a-z]{1,20}$/,
  '21': /^[!"%-?A-Z_a-z]{1,20}$/,
  '22': /^[!"%-?A-Z_a-z]{1,20}$/,
  '17': /^\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/,
  '15': /^\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/,
  '11': /^\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/,
}
const order = ['22', '10', '21']
export function validateGs1(input: string | readonly string[]): Gs1Result {
  const url = URL.parse(String(input))
  const empty: Gs1Result = {
    valid: false,
    kind: 'digital_link',
    symbology: null,
    gtin: null,
    elements: [],
    element_string: null,
    unbracketed: null,
    digital_link: null,
    digital_link_compressed: null,
    hri: [],
    errors: [],
    warnings: [],
    ignored_parameters: [],
    dictionary_version: 't',
  }
  const bad = (message: string): Gs1Result => ({
    ...empty,
    errors: [{ code: 'x', message, ai: null, value_position: null, position: null, length: 0, carrier: 0 }],
  })
  if (!url) return bad('no url')
  if (url.pathname === '/AQnYUc1gmg') return validateGs1('https://id.gs1.org/01/09506000134376')
  let parts: string[]
  try {
    parts = url.pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return bad('bad escape')
  }
  const pairs: [string, string][] = []
  for (let i = 0; i < parts.length; i += 2) pairs.push([parts[i]!, parts[i + 1] ?? ''])
  if (pairs[0]?.[0] === '01' && /^\d{8}$|^\d{12,13}$/.test(pairs[0][1]))
    pairs[0][1] = pairs[0][1].padStart(14, '0')
  pairs.push(...url.searchParams)
  for (const [ai, value] of pairs) {
    if (!keys[ai]?.test(value)) return bad(`(${ai}) is wrong`)
    const digits =
      ai === '01' || ai === '00' || ai === '414' ? value : ai === '8006' ? value.slice(0, 14) : undefined
    if (digits && !checks(digits)) return bad('check digit')
  }
  const path = [
    pairs[0]!,
    ...pairs
      .slice(1)
      .filter(([ai]) => order.includes(ai))
      .toSorted((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])),
  ]
  const rest = pairs.slice(1).filter(([ai]) => !order.includes(ai))
  const elements: Gs1Element[] = pairs.map(([ai, value]) => ({
    ai,
    value,
    title: ai,
    carrier: 0,
    display: /^1[1-7]$/.test(ai)
      ? `20${value.slice(0, 2)}-${value.slice(2, 4)}${value.endsWith('00') ? '' : `-${value.slice(4)}`}`
      : value,
  }))
  const query = rest.length ? `?${new URLSearchParams(rest)}` : ''
  return {
    ...empty,
    valid: true,
    gtin: pairs.find(([ai]) => ai === '01')?.[1] ?? null,
    elements,
    digital_link: `https://id.gs1.org${path.map(([ai, v]) => `/${ai}/${encodeURIComponent(v)}`).join('')}${query}`,
  }
}
function checks(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((s, d, i) => s + Number(d) * (i % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
