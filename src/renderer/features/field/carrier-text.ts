/** What is needed of a code that was read: zxing-wasm's result has more. */
export interface ReadCode {
  isValid: boolean
  symbologyIdentifier: string
  bytes: Uint8Array
  text: string
}

/**
 * A code as a scanner would send it: the AIM symbology identifier, then its data with GS as 0x1D. The reader's own
 * `text` is written for people, with brackets and without separators, so the bytes are taken.
 */
export function carrierText({ symbologyIdentifier, bytes, text }: ReadCode): string {
  const data = bytes.length > 0 ? decodeBytes(bytes) : text
  return symbologyIdentifier.startsWith(']') ? symbologyIdentifier + data : data
}

/** UTF-8 where it is, else Latin-1: element strings are ASCII and the same in both. */
function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }
}
