import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { ValidationFailed } from '#contract/errors.ts'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { fitPayload, googlePayload, type GooglePayload } from './google-jwt-object.ts'

/** A Google credential as `credentialsFor` opens it. */
export interface GoogleCredential {
  client_email: string
  /** PEM, PKCS#8. */
  private_key: string
  issuer_id: string
}

/** Who signs save links: made once for many. */
export interface GoogleSigner {
  email: string
  issuerId: string
  key: KeyObject
}

export interface GoogleLink {
  /** Opens Google Wallet with the card; that needs the network, making it does not. */
  link: string
  jwt: string
  /** What the token holds, class and object. */
  payload: GooglePayload
  /** What was left out, so that the link keeps to its length. */
  left_out: string[]
}

/** Browsers cut longer links (Google's guide). */
const longest = 1800

export function makeGoogleSigner(credential: GoogleCredential): GoogleSigner {
  const { client_email: email, issuer_id: issuerId, private_key } = credential
  return { email, issuerId, key: createPrivateKey(private_key) }
}

/**
 * A signed save link of a card (RS256). `now` in milliseconds. Throws 422 where the card does not fit into 1800
 * characters even without what can be spared.
 */
export function makeGoogleLink(
  card: WalletPass,
  codeText: string,
  { email, issuerId, key }: GoogleSigner,
  now: number,
): GoogleLink {
  const header = encode({ alg: 'RS256', typ: 'JWT' })
  const claims = { iss: email, aud: 'google', typ: 'savetowallet', iat: Math.floor(now / 1000), origins: [] }
  const body = (payload: GooglePayload): string => `${header}.${encode({ ...claims, payload })}`
  const signature = 1 + Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 6)
  const whole = googlePayload(card, codeText, issuerId)
  const fitted = fitPayload(whole, (payload) => body(payload).length + signature <= longest)
  if (!fitted) throw tooLong()
  const signed = body(fitted.payload)
  const jwt = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  const link = `https://pay.google.com/gp/v/save/${jwt}`
  return { link, jwt, payload: fitted.payload, left_out: fitted.left }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function tooLong(): ValidationFailed {
  const sentence =
    `The card is too long for Google's link of ${longest} characters, even without its notes. ` +
    'Shorten its name or what its code carries, or give it a link.'
  return new ValidationFailed({ format: [sentence] })
}
