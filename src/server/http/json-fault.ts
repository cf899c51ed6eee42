/** Where a text stops being JSON; both count from 1. */
export interface JsonFault {
  line: number
  column: number
}

type Expecting = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing'

/**
 * Finds the first character that cannot stand where it stands, or undefined when the text is JSON. `JSON.parse` tells
 * the place only for some faults, and quotes the text, which may hold a secret.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let expecting: Expecting = 'value'
  let at = skipBlanks(text, 0)
  while (at < text.length) {
    const character = text.charAt(at)
    const end = endOfToken(text, at)
    const next: Expecting | undefined = end < 0 ? undefined : follow(expecting, character, open)
    if (next === undefined) return placeOf(text, end < 0 ? -end - 1 : at)
    expecting = next
    at = skipBlanks(text, end)
  }
  return expecting === 'nothing' ? undefined : placeOf(text, text.length)
}

/** What may come after a token, or undefined when the token may not come here. Keeps count of what is open. */
function follow(expecting: Expecting, token: string, open: ('{' | '[')[]): Expecting | undefined {
  if (token === '}' || token === ']') {
    const opener = token === '}' ? '{' : '['
    const mayEnd = expecting === ', or end' || expecting === (token === '}' ? 'name or }' : 'value or ]')
    return mayEnd && open.pop() === opener ? afterValue(open) : undefined
  }
  if (token === ':') return expecting === ':' ? 'value' : undefined
  if (token === ',') return expecting === ', or end' ? (open.at(-1) === '{' ? 'name' : 'value') : undefined
  if (token === '"' && (expecting === 'name' || expecting === 'name or }')) return ':'
  if (expecting !== 'value' && expecting !== 'value or ]') return undefined
  if (token !== '{' && token !== '[') return afterValue(open)
  open.push(token)
  return token === '{' ? 'name or }' : 'value or ]'
}

function afterValue(open: readonly string[]): Expecting {
  return open.length === 0 ? 'nothing' : ', or end'
}

const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Index behind the token that starts here; for what is none, -1 minus the index where it breaks. */
function endOfToken(text: string, at: number): number {
  const character = text.charAt(at)
  if ('{}[]:,'.includes(character)) return at + 1
  if (character === '"') return endOfString(text, at)
  word.lastIndex = at
  const match = word.exec(text)
  return match ? at + match[0].length : -at - 1
}

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code < 0x20) return -at - 1
    if (code === 0x5c) {
      escape.lastIndex = at
      if (!escape.test(text)) return -at - 1
      at = escape.lastIndex
    } else {
      at += 1
    }
  }
  return -at - 1
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1
  return at
}

function placeOf(text: string, index: number): JsonFault {
  const before = text.slice(0, index)
  return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') }
}
