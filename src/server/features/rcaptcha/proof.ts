import { createHash } from 'node:crypto'

/**
 * Zero bits asked for: about 65,000 hashes, well under a second on a phone, and a price for whoever sends forms by
 * the thousand. The one place where it is decided.
 */
export const difficulty = 16

/** Whether SHA-256 of `salt + nonce` (as UTF-8) starts with that many zero bits. */
export function solves(salt: string, nonce: string, bits: number): boolean {
  const hash = createHash('sha256')
    .update(salt + nonce)
    .digest()
  const whole = Math.floor(bits / 8)
  const rest = bits % 8
  const isClear = hash.subarray(0, whole).every((byte) => byte === 0)
  return isClear && (rest === 0 || (hash[whole] ?? 0xff) >> (8 - rest) === 0)
}
