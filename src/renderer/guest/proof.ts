import { sha256 } from '@noble/hashes/sha2.js'

/** How long one slice of work may hold the page: the finger on the screen is not to notice. */
const sliceMs = 12
const batch = 256

/**
 * Finds a nonce so that SHA-256 of `salt + nonce` starts with `bits` zero bits, in slices between which the page
 * lives. Plain http has no `crypto.subtle`, and the page's policy no workers. `onProgress` gets the chance, 0 to 1,
 * that it would be found by now.
 */
export async function findNonce(
  salt: string,
  bits: number,
  onProgress: (share: number) => void,
): Promise<string> {
  const hashes = hashesAfter(salt)
  const expected = 2 ** bits
  for (let nonce = 0; ;) {
    const until = performance.now() + sliceMs
    while (performance.now() < until) {
      for (const end = nonce + batch; nonce < end; nonce++) {
        if (leadingZeros(hashes(String(nonce))) >= bits) return String(nonce)
      }
    }
    onProgress(1 - Math.exp(-nonce / expected))
    await nextTurn()
  }
}

/**
 * SHA-256 of what was given and a text after it, in one buffer that is used again: twice as many a second as one by
 * one, which is what a guest waits for.
 */
function hashesAfter(start: string): (text: string) => Uint8Array {
  const encoder = new TextEncoder()
  const begun = sha256.create().update(encoder.encode(start))
  const work = begun.clone()
  const rest = new Uint8Array(32)
  const hash = new Uint8Array(32)
  return (text) => {
    begun._cloneInto(work).update(rest.subarray(0, encoder.encodeInto(text, rest).written))
    work.digestInto(hash)
    return hash
  }
}

function leadingZeros(hash: Uint8Array): number {
  let zeros = 0
  for (const byte of hash) {
    if (byte !== 0) return zeros + Math.clz32(byte) - 24
    zeros += 8
  }
  return zeros
}

/** A message rather than a timer: timers in a row are held back to four milliseconds each. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
