import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const prefix = 'qrs_'
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export interface NewTokenSecret {
  /** `<id>|qrs_<40 characters><crc32>`: shown once, never stored. */
  plainText: string
  /** What is stored: SHA-256 of what follows `|`, 64 hex digits. */
  hash: string
  /** To tell tokens apart in a list. */
  lastFour: string
}

/** Makes the secret of the token with this id, in Sanctum's shape (3.2.6 and later, with a prefix). */
export function createTokenSecret(id: string): NewTokenSecret {
  if (id === '' || id.includes('|')) throw new RangeError('A token id holds at least a character and no |')
  const random = Array.from({ length: 40 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  const secret = `${prefix}${random}${checksum(random)}`
  return { plainText: `${id}|${secret}`, hash: hashSecret(secret), lastFour: secret.slice(-4) }
}

/** The id and the secret of a plain-text token, or undefined when it is not one. Older tokens lack prefix and crc. */
export function parseToken(plainText: string): { id: string; secret: string } | undefined {
  const bar = plainText.indexOf('|')
  if (bar < 1 || plainText.length > 4096) return undefined
  const secret = plainText.slice(bar + 1)
  return secret === '' ? undefined : { id: plainText.slice(0, bar), secret }
}

/** What is stored of a secret (the part after `|`). */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares in constant time; false also for a stored hash that is none. */
export function tokenMatches(secret: string, storedHash: string): boolean {
  const stored = Buffer.from(storedHash, 'hex')
  const sent = Buffer.from(hashSecret(secret), 'hex')
  return stored.length === sent.length && timingSafeEqual(stored, sent)
}

/** True for text that carries our prefix and a right checksum: what a secret scanner or a log filter looks for. */
export function looksLikeSecret(text: string): boolean {
  const match = /qrs_([A-Za-z0-9]{40})([0-9a-f]{8})/.exec(text)
  return match?.[1] !== undefined && checksum(match[1]) === match[2]
}

/**
 * The token of an Authorization header as Laravel 12 and later read it: `Bearer ` in any case, anywhere in the
 * header, cut at a comma. What does not follow that one space directly is no token.
 */
export function bearerToken(header: string | undefined): string | undefined {
  const start = header?.toLowerCase().lastIndexOf('bearer ') ?? -1
  if (header === undefined || start < 0) return undefined
  const [token = ''] = header.slice(start + 'bearer '.length).split(',', 1)
  return token === '' || /\s/.test(token) ? undefined : token
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
