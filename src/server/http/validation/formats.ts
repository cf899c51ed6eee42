import { isIP, isIPv6 } from 'node:net'

const host = String.raw`(?:(?:xn--[a-z0-9-]+\.)*xn--[a-z0-9-]+|(?:[\p{L}\p{N}\p{S}\p{M}\-_]+\.)+[\p{L}\p{N}\p{M}]+|[a-z0-9\-_]+)\.?`
const userinfo = String.raw`(?:[\p{L}\p{N}\-._~]|%[0-9a-f]{2})+`
const inPath = String.raw`[\p{L}\p{N}\-._~!$&'()*+,;=:@]|%[0-9a-f]{2}`
const inQuery = String.raw`[\p{L}\p{N}\-._~!$&'\[\]()*+,;=:@/?]|%[0-9a-f]{2}`
const url = new RegExp(
  String.raw`^([a-z][a-z0-9+.\-]*)://(?:${userinfo}(?::${userinfo})?@)?(?:${host}|\[([0-9a-f:.]+)\])(?::\d+)?` +
    String.raw`(?:/(?:${inPath})*)*(?:\?(?:${inQuery})*)?(?:#(?:${inQuery})*)?$`,
  'iu',
)

/**
 * What Laravel's `url` takes: a scheme, `//` and a host, be it localhost or an address. No safety check: what may be
 * fetched or redirected to is decided elsewhere. `schemes` narrows the scheme, in any case.
 */
export function isUrl(text: string, schemes: readonly string[] = []): boolean {
  const match = url.exec(text)
  if (!match) return false
  if (match[2] !== undefined && !isIPv6(match[2])) return false
  return schemes.length === 0 || schemes.includes((match[1] ?? '').toLowerCase())
}

const atom = String.raw`[\p{L}\p{N}\p{M}\p{S}!#$%&'*+\-/=?^_` + '`' + String.raw`{|}~]+`
const local = new RegExp(String.raw`^(?:${atom}(?:\.${atom})*|"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*")$`, 'u')
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\-]*[\p{L}\p{N}\p{M}])?`
const domain = new RegExp(String.raw`^${label}(?:\.${label})*$`, 'u')

/** An address as RFC 5321 and 6531 write one, a single-label or literal domain included. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || text.length > 320) return false
  const place = text.slice(at + 1)
  const literal = /^\[(?:IPv6:)?([0-9a-f:.]+)\]$/i.exec(place)?.[1]
  const known = literal === undefined ? place.length <= 253 && domain.test(place) : isIP(literal) !== 0
  return known && local.test(text.slice(0, at))
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text)
}

export function isHexColor(text: string): boolean {
  return /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text)
}

export function isMacAddress(text: string): boolean {
  return /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$|^[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}$/i.test(
    text,
  )
}

/** A zone of the tz database by its exact name; the runtime alone would take any case. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(text)) return false
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
    return known.toLowerCase() !== text.toLowerCase() || known === text
  } catch {
    return false
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
