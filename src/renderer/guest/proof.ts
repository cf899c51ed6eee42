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
  const encoder = new TextEncoder()
  const expected = 2 ** bits
  for (let nonce = 0; ;) {
    const until = performance.now() + sliceMs
    while (performance.now() < until) {
      for (const end = nonce + batch; nonce < end; nonce++) {
        if (leadingZeros(sha256(encoder.encode(salt + nonce))) >= bits) return String(nonce)
      }
    }
    onProgress(1 - Math.exp(-nonce / expected))
    await nextTurn()
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
