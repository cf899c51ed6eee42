/**
 * Ranges that no public host has: IANA special-purpose registries (RFC 6890 and after), as `[network, bits]`.
 */
const blocked4: readonly (readonly [string, number, string])[] = [
  ['0.0.0.0', 8, 'means "this network"'],
  ['10.0.0.0', 8, 'is a private network'],
  ['100.64.0.0', 10, 'is inside a provider’s network'],
  ['127.0.0.0', 8, 'is the device itself'],
  ['169.254.0.0', 16, 'is a link-local network'],
  ['172.16.0.0', 12, 'is a private network'],
  ['192.0.0.0', 24, 'is kept for protocols'],
  ['192.0.2.0', 24, 'is kept for documentation'],
  ['192.31.196.0', 24, 'is kept for protocols'],
  ['192.52.193.0', 24, 'is kept for protocols'],
  ['192.88.99.0', 24, 'is kept for protocols'],
  ['192.168.0.0', 16, 'is a private network'],
  ['192.175.48.0', 24, 'is kept for protocols'],
  ['198.18.0.0', 15, 'is kept for measurements'],
  ['198.51.100.0', 24, 'is kept for documentation'],
  ['203.0.113.0', 24, 'is kept for documentation'],
  ['224.0.0.0', 4, 'is a multicast address'],
  ['240.0.0.0', 4, 'is not in use'],
]

/** Why an IPv4 address (dotted decimal, as `URL` writes it) is not public, or null when it is. */
export function whyNotPublic4(address: string): string | null {
  const value = toInteger(address)
  for (const [network, bits, reason] of blocked4) {
    if (value >>> (32 - bits) === toInteger(network) >>> (32 - bits)) return reason
  }
  return null
}

function toInteger(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0)
}

/**
 * Why an IPv6 address (as `URL` writes it, without brackets) is not public, or null when it is.
 * Only 2000::/3 is given out at all; addresses that carry an IPv4 one inside are refused with it,
 * as what they lead to depends on a translator nobody can see.
 */
export function whyNotPublic6(address: string): string | null {
  const words = toWords(address)
  const [a = 0, b = 0] = words
  if (words.every((word) => word === 0)) return 'means "no address"'
  if (words.slice(0, 7).every((word) => word === 0) && words[7] === 1) return 'is the device itself'
  if (words.slice(0, 5).every((word) => word === 0) && (words[5] === 0xffff || words[5] === 0)) {
    return 'is an IPv4 address in disguise'
  }
  if (a === 0x64 && b === 0xff9b) return 'is an IPv4 address behind a translator (NAT64)'
  if (a >>> 9 === 0x7e) return 'is a private network'
  if (a >>> 6 === 0x3fa || a >>> 6 === 0x3fb) return 'is a link-local network'
  if (a >>> 8 === 0xff) return 'is a multicast address'
  if (a >>> 13 !== 1) return 'is not in use'
  if (a === 0x2002) return 'is an IPv4 address in disguise (6to4)'
  if (a === 0x2001 && b < 0x200) return 'is kept for protocols'
  if (a === 0x2001 && b === 0xdb8) return 'is kept for documentation'
  if (a === 0x3fff && b >>> 12 === 0) return 'is kept for documentation'
  return a === 0x2620 && b === 0x4f && words[2] === 0x8000 ? 'is kept for protocols' : null
}

/** Eight 16-bit words of an address in the compressed form of RFC 5952. */
function toWords(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(gap).fill('0'), ...right].map((word) => Number.parseInt(word, 16))
}
