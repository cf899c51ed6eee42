/** What a query holds: texts, lists and objects of them. */
export type ParsedQuery = { [name: string]: ParsedQueryValue }
type ParsedQueryValue = string | ParsedQueryValue[] | ParsedQuery

type Branch = Map<string, string | Branch>

/** PHP's `max_input_vars`: what comes after is left out. */
const mostPairs = 1000
/** Deeper names are left out, as PHP does past its 64. */
const deepest = 16

/**
 * Reads a query string as PHP does: `a[]=1` makes lists, `a[k]=1` objects, the last of two equal names wins, dots and
 * spaces in a name become `_`. Never throws: broken escapes stay as they are. Names that reach for an object's
 * prototype are dropped.
 */
export function parseQuery(text: string): ParsedQuery {
  const root: Branch = new Map()
  for (const pair of text.split('&', mostPairs)) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const path = pathOf(name)
    if (path && path.length <= deepest && !path.some(isUnsafeKey)) {
      put(root, path, equals < 0 ? '' : decode(pair.slice(equals + 1)))
    }
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]))
}

/** True for names that would reach an object's prototype. */
export function isUnsafeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** `a[b][]` → `a`, `b`, and an empty text for "the next index". Undefined when there is no name at all. */
function pathOf(name: string): string[] | undefined {
  const trimmed = name.replace(/^ +/, '')
  const bracket = trimmed.indexOf('[')
  const first = (bracket < 0 ? trimmed : trimmed.slice(0, bracket)).replace(/[ .]/g, '_')
  if (first === '') return undefined
  if (bracket < 0) return [first]
  const path = [first]
  let open = bracket
  while (trimmed[open] === '[') {
    const close = trimmed.indexOf(']', open)
    if (close < 0) break
    path.push(trimmed.slice(open + 1, close))
    open = close + 1
  }
  return path.length === 1 ? [`${first}_${trimmed.slice(bracket + 1)}`] : path
}

function put(root: Branch, path: string[], value: string): void {
  let branch = root
  for (const [depth, key] of path.entries()) {
    const name = key === '' && depth > 0 ? nextIndex(branch) : key
    if (depth === path.length - 1) {
      branch.set(name, value)
      return
    }
    const next = branch.get(name)
    const inner: Branch = next instanceof Map ? next : new Map()
    if (inner !== next) branch.set(name, inner)
    branch = inner
  }
}

/** One past the largest index so far, as PHP counts. */
function nextIndex(branch: Branch): string {
  const size = String(branch.size)
  if (!branch.has(size) && (branch.size === 0 || branch.has(String(branch.size - 1)))) return size
  const indexes = [...branch.keys()].filter((key) => /^(?:0|[1-9]\d{0,14})$/.test(key)).map(Number)
  return String(Math.max(-1, ...indexes) + 1)
}

function plain(value: string | Branch): ParsedQueryValue {
  if (typeof value === 'string') return value
  const keys = [...value.keys()]
  if (keys.every((key, index) => key === String(index))) return [...value.values()].map(plain)
  return Object.fromEntries(keys.map((key) => [key, plain(value.get(key) ?? '')]))
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return decodeBroken(spaced)
  }
}

/** Takes each run of escapes for bytes and keeps what is no escape; bytes that are no UTF-8 become U+FFFD. */
function decodeBroken(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}
