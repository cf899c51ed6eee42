import { createHash } from 'node:crypto'
import { createClient } from '#contract/client.ts'
import {
  createRcaptchaChallenge,
  verifyRcaptchaChallenge,
  type RcaptchaChallenge,
  type RcaptchaForm,
} from '#contract/rcaptcha.ts'

/** Does the work of a challenge, in the words of the contract and with nothing of the server's own code. */
export function findNonce({ salt, difficulty }: Pick<RcaptchaChallenge, 'salt' | 'difficulty'>): string {
  for (let nonce = 0; ; nonce++) {
    const hash = createHash('sha256').update(`${salt}${nonce}`).digest('hex')
    const bits = BigInt(`0x${hash}`).toString(2).padStart(256, '0')
    if (bits.startsWith('0'.repeat(difficulty))) return String(nonce)
  }
}

/** A token for a form, fairly worked for. */
export async function earnToken(baseUrl: string, form: RcaptchaForm): Promise<string> {
  const client = createClient({ baseUrl })
  const { challenge } = await client.call(createRcaptchaChallenge, { body: { form } })
  const body = { challenge_id: challenge.id, nonce: findNonce(challenge) }
  return (await client.call(verifyRcaptchaChallenge, { body })).rcaptcha_token
}
