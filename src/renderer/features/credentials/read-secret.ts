/** More than any certificate or key has: of a film that somebody took by mistake only the start is read. */
const longest = 64 * 1024

/**
 * The text of a file with a certificate or a key. Apple hands certificates out in binary (DER, which starts with a
 * long SEQUENCE): that goes to the server in base64. Empty without a file.
 */
export async function readSecret(file: File | undefined): Promise<string> {
  if (file === undefined) return ''
  const bytes = new Uint8Array(await file.slice(0, longest).arrayBuffer())
  const isDer = bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80
  if (!isDer) return new TextDecoder().decode(bytes)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
