import type { CharacterSet } from './dictionary.ts'
import type { Flaw } from './flaw.ts'
import { cset82 } from './linters-codes.ts'

function table(letters: string): Uint8Array {
  const allowed = new Uint8Array(128)
  for (const letter of letters) allowed[letter.charCodeAt(0)] = 1
  return allowed
}

const digits = '0123456789'
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const sets: Record<CharacterSet, { code: string; allowed: Uint8Array }> = {
  N: { code: 'non_digit', allowed: table(digits) },
  X: { code: 'cset_82', allowed: table(cset82) },
  Y: { code: 'cset_39', allowed: table(`#-/${digits}${upper}`) },
  Z: { code: 'cset_64', allowed: table(`-_${digits}${upper}${upper.toLowerCase()}`) },
}

/** The first character that the set does not have; base64url may end with one or two `=`. */
export function checkCharacters(set: CharacterSet, value: string): Flaw | undefined {
  const { code, allowed } = sets[set]
  const end = set === 'Z' ? value.replace(/=+$/, '').length : value.length
  for (let index = 0; index < end; index++) {
    if (allowed[value.charCodeAt(index)] !== 1) return { code, at: index, length: 1 }
  }
  const pads = value.length - end
  if (pads > 2 || (pads > 0 && value.length % 3 !== 0)) {
    return { code: 'cset_64_padding', at: end, length: pads }
  }
  return undefined
}
