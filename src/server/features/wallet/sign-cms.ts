import { createHash, sign, type KeyObject, type X509Certificate } from 'node:crypto'

/** Who signs, and under whose certificate. */
export interface CmsIdentity {
  certificate: X509Certificate
  key: KeyObject
  /** The issuer of the certificate; it travels along. */
  issuer: X509Certificate
}

export type CmsDigest = 'sha1' | 'sha256'

const oid = {
  data: '06092a864886f70d010701',
  signedData: '06092a864886f70d010702',
  contentType: '06092a864886f70d010903',
  messageDigest: '06092a864886f70d010904',
  signingTime: '06092a864886f70d010905',
  rsa: '06092a864886f70d010101',
  sha1: '06052b0e03021a',
  sha256: '0609608648016503040201',
  ecdsaSha1: '06072a8648ce3d0401',
  ecdsaSha256: '06082a8648ce3d040302',
} as const
const derNull = Buffer.from('0500', 'hex')

/**
 * A detached CMS SignedData (RFC 5652) over what is handed to the function that comes back. RSA and EC keys; the
 * signer is named by issuer and serial number, the signed attributes are a DER SET in its own order, since phones
 * refuse other forms. `digest` is SHA-1 unless set, as passes have always been.
 */
export function makeCmsSigner(
  { certificate, key, issuer }: CmsIdentity,
  digest: CmsDigest = 'sha1',
): (content: Buffer, now: number) => Buffer {
  const digestAlgorithm = sequence(named(digest), derNull)
  const algorithm = signatureAlgorithm(key, digest)
  const signer = issuerAndSerial(certificate.raw)
  const certificates = tagged(0xa0, certificate.raw, issuer.raw)
  return (content, now) => {
    const attributes = signedAttributes(createHash(digest).update(content).digest(), now)
    // Signed as the SET it is, stored under the tag of its place (RFC 5652, section 5.4).
    const signature = sign(digest, tagged(0x31, ...attributes), key)
    const info = sequence(
      integer(1),
      signer,
      digestAlgorithm,
      tagged(0xa0, ...attributes),
      algorithm,
      tagged(0x04, signature),
    )
    const signed = sequence(
      integer(1),
      tagged(0x31, digestAlgorithm),
      sequence(named('data')),
      certificates,
      tagged(0x31, info),
    )
    return sequence(named('signedData'), tagged(0xa0, signed))
  }
}

function signedAttributes(digest: Buffer, now: number): Buffer[] {
  return [
    sequence(named('contentType'), tagged(0x31, named('data'))),
    sequence(named('signingTime'), tagged(0x31, time(now))),
    sequence(named('messageDigest'), tagged(0x31, tagged(0x04, digest))),
  ].toSorted((a, b) => Buffer.compare(a, b))
}

function signatureAlgorithm(key: KeyObject, digest: CmsDigest): Buffer {
  if (key.asymmetricKeyType === 'rsa') return sequence(named('rsa'), derNull)
  if (key.asymmetricKeyType === 'ec') return sequence(named(digest === 'sha1' ? 'ecdsaSha1' : 'ecdsaSha256'))
  throw new Error('The key is neither RSA nor EC.')
}

/** UTCTime to 2049, GeneralizedTime after (RFC 5652, section 11.3). */
function time(now: number): Buffer {
  const digits = new Date(now).toISOString().replace(/[-:T]|\.\d+/g, '')
  const isShort = Number(digits.slice(0, 4)) < 2050
  return tagged(isShort ? 0x17 : 0x18, Buffer.from(isShort ? digits.slice(2) : digits, 'ascii'))
}

/** Cut out of the certificate byte by byte: written anew, a name could differ from the one that was signed. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const fields = childrenOf(childrenOf(certificate)[0]!)
  const first = fields[0]?.[0] === 0xa0 ? 1 : 0
  return sequence(fields[first + 2]!, fields[first]!)
}

/** The elements inside a DER element, each whole with its head. */
function childrenOf(element: Buffer): Buffer[] {
  const children: Buffer[] = []
  let at = headOf(element, 0).start
  while (at < element.length) {
    const { start, length } = headOf(element, at)
    children.push(element.subarray(at, start + length))
    at = start + length
  }
  return children
}

function headOf(bytes: Buffer, at: number): { start: number; length: number } {
  const first = bytes[at + 1]!
  if (first < 0x80) return { start: at + 2, length: first }
  const size = first & 0x7f
  return { start: at + 2 + size, length: bytes.readUIntBE(at + 2, size) }
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts)
}

function integer(value: number): Buffer {
  return Buffer.from([0x02, 1, value])
}

function named(name: keyof typeof oid): Buffer {
  return Buffer.from(oid[name], 'hex')
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length: number[] = []
  for (let rest = body.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff)
  const head = body.length < 0x80 ? [tag, body.length] : [tag, 0x80 | length.length, ...length]
  return Buffer.concat([Buffer.from(head), body])
}
