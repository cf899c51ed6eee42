import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { refuseFields, wrong, type CheckedCredentials } from './checked-credentials.ts'

const authority = 'https://www.apple.com/certificateauthority/'

/**
 * A pass certificate, its key and Apple's intermediate certificate: they must belong together and be in force now.
 * PEM, or a certificate's DER in base64. Throws 422 by field. `digest` is `sha1` unless it says `sha256`.
 */
export function checkApple(sent: Record<string, string>, now: number): CheckedCredentials {
  const holdsKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(sent['certificate'] ?? '')
  refuseFields('apple_wallet', sent, {
    needed: ['certificate', ...(holdsKey ? [] : ['private_key']), 'wwdr'],
    optional: ['private_key', 'passphrase', 'digest'],
  })
  const digest = sent['digest'] || 'sha1'
  if (digest !== 'sha1' && digest !== 'sha256') throw refuse('digest', 'The digest is sha1 or sha256.')
  const certificate = readCertificate('certificate', sent['certificate']!)
  const wwdr = readCertificate('wwdr', sent['wwdr']!)
  const key = readKey(sent['private_key'] || sent['certificate']!, sent['passphrase'])
  const { team, passType } = refuseSubject(certificate)
  if (!certificate.checkPrivateKey(key)) {
    throw refuse('private_key', 'This key does not belong to the certificate.')
  }
  refuseSpan('certificate', certificate, now)
  refuseIssuer(certificate, wwdr)
  refuseSpan('wwdr', wwdr, now)
  return checkedOf({ certificate, wwdr, key, digest, team, passType })
}

interface AppleParts {
  certificate: X509Certificate
  wwdr: X509Certificate
  key: KeyObject
  digest: string
  team: string
  passType: string
}

function checkedOf({ certificate, wwdr, key, digest, team, passType }: AppleParts): CheckedCredentials {
  return {
    secrets: {
      certificate: certificate.toString(),
      // Sealed as a whole, so that no second secret is needed to open it.
      private_key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      wwdr: wwdr.toString(),
      digest,
    },
    masked: {
      pass_type: passType,
      team,
      certificate: `SHA-256 …${certificate.fingerprint256.slice(-11)}`,
      private_key: `${key.asymmetricKeyType?.toUpperCase() ?? ''} key, kept encrypted`,
      wwdr: nameOf(wwdr, 'CN'),
      digest,
    },
    name: passType,
    validFrom: certificate.validFromDate.getTime(),
    validUntil: Math.min(certificate.validToDate.getTime(), wwdr.validToDate.getTime()),
  }
}

function refuse(field: string, sentence: string) {
  return wrong('apple_wallet', field, sentence)
}

function readCertificate(field: string, text: string): X509Certificate {
  const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0]
  try {
    return new X509Certificate(pem ?? Buffer.from(text, 'base64'))
  } catch {
    throw refuse(field, pem === undefined ? noPem(text) : 'This certificate cannot be read. Paste it again.')
  }
}

/** A .p12 starts as every DER does; node reads none, and its old ciphers are nothing to write a reader for. */
function noPem(text: string): string {
  const isDer = Buffer.from(text.slice(0, 8), 'base64')[0] === 0x30
  return isDer
    ? 'This looks like a .p12 file. Turn it into PEM with "openssl pkcs12 -legacy -nodes -in card.p12 -out ' +
        'card.pem", and paste what card.pem holds.'
    : 'This is no certificate. Paste the text from BEGIN CERTIFICATE to END CERTIFICATE.'
}

function readKey(text: string, passphrase: string | undefined): KeyObject {
  const pem = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(text)?.[0]
  if (pem === undefined) {
    throw refuse('private_key', 'This is no private key. Paste the text from BEGIN to END PRIVATE KEY.')
  }
  // A wrong passphrase shows itself in several ways, some of them as a key that makes no sense.
  const isEncrypted = /ENCRYPTED/.test(pem)
  if (isEncrypted && !passphrase) {
    throw refuse('passphrase', 'The private key is encrypted. Give its passphrase.')
  }
  const key = openKey(pem, passphrase)
  if (key === undefined) {
    throw isEncrypted
      ? refuse('passphrase', 'This passphrase does not open the private key.')
      : refuse('private_key', 'This private key cannot be read. Paste it again.')
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 2048
  const type = key.asymmetricKeyType ?? ''
  if (!['rsa', 'ec'].includes(type) || bits < 2048) {
    throw refuse('private_key', 'The key must be RSA with 2048 bits or more, or EC.')
  }
  return key
}

function openKey(pem: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, ...(passphrase && { passphrase }) })
  } catch {
    return undefined
  }
}

function refuseSubject(certificate: X509Certificate): { team: string; passType: string } {
  const [passType, team] = [nameOf(certificate, 'UID'), nameOf(certificate, 'OU')]
  if (!passType.startsWith('pass.')) {
    throw refuse('certificate', 'This certificate is not for passes: its UID does not begin with "pass.".')
  }
  if (team === '') throw refuse('certificate', 'This certificate names no team: its OU is missing.')
  return { team, passType }
}

function refuseSpan(field: string, certificate: X509Certificate, now: number): void {
  const { validFromDate: from, validToDate: to } = certificate
  if (now > to.getTime()) throw refuse(field, `This certificate ended on ${day(to)}. Get a new one.`)
  if (now < from.getTime()) {
    throw refuse(
      field,
      `This certificate begins on ${day(from)}. Look whether this machine's clock is right.`,
    )
  }
}

function refuseIssuer(certificate: X509Certificate, wwdr: X509Certificate): void {
  if (certificate.checkIssued(wwdr) && certificate.verify(wwdr.publicKey)) return
  const [wanted, unit] = ['CN', 'OU'].map(
    (part) => new RegExp(`^${part}=(.*)$`, 'm').exec(certificate.issuer)?.[1],
  )
  const issuer = [wanted, unit].filter(Boolean).join(', ')
  throw refuse('wwdr', `The pass certificate was issued by another one: ${issuer}. It is at ${authority}.`)
}

/** One part of a subject; empty where it is missing or there are several. */
function nameOf(certificate: X509Certificate, part: 'UID' | 'OU' | 'CN'): string {
  const subject = certificate.toLegacyObject().subject as unknown as Record<string, string | string[]>
  const value = subject[part]
  return typeof value === 'string' ? value : ''
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
