import { createPrivateKey, type KeyObject } from 'node:crypto'
import { refuseFields, wrong, type CheckedCredentials } from './checked-credentials.ts'

/** The JSON of a service account's key, and the number of the issuer. Throws 422 by field. */
export function checkGoogle(sent: Record<string, string>): CheckedCredentials {
  refuseFields('google_wallet', sent, { needed: ['service_account', 'issuer_id'], optional: [] })
  const issuer = sent['issuer_id']!.trim()
  if (!/^\d{6,24}$/.test(issuer))
    throw refuse('issuer_id', 'The issuer id is a number, such as 3388000000012345678.')
  const account = readAccount(sent['service_account']!)
  const key = readKey(account['private_key'])
  const email = account['client_email']
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw refuse(
      'service_account',
      'The JSON has no client_email. Download the key of the service account again.',
    )
  }
  return {
    secrets: {
      client_email: email,
      private_key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      issuer_id: issuer,
    },
    masked: {
      service_account: email,
      private_key: `…${textOf(account['private_key_id']).slice(-4)}, kept encrypted`,
      issuer_id: issuer,
    },
    name: email.slice(0, 80),
    validFrom: null,
    validUntil: null,
  }
}

function refuse(field: string, sentence: string) {
  return wrong('google_wallet', field, sentence)
}

function readAccount(text: string): Record<string, unknown> {
  const account = parse(text)
  if (typeof account !== 'object' || account === null || Array.isArray(account)) {
    throw refuse('service_account', 'This is no JSON object. Paste the whole file of the key.')
  }
  const fields = account as Record<string, unknown>
  if (fields['type'] !== 'service_account') {
    throw refuse(
      'service_account',
      'This JSON is not the key of a service account: its type says something else.',
    )
  }
  return fields
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function readKey(pem: unknown): KeyObject {
  try {
    const key = createPrivateKey(textOf(pem))
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key
  } catch {
    // Said below.
  }
  throw refuse('service_account', 'The JSON has no RSA private_key that can be read. Download the key again.')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
