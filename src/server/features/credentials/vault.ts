import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Host } from '#contract/host.ts'

/** Seals texts with a key that the host keeps apart from the database. */
export interface Vault {
  /** `place` says whose text it is: sealed for one row, it opens for no other. */
  seal(text: string, place: string): Promise<string>
  /** Throws where the text was changed, moved, or sealed with a key that is gone. */
  open(sealed: string, place: string): Promise<string>
}

const keyName = 'integration-credentials-key'
const [ivLength, tagLength] = [12, 16]

/** AES-256-GCM. The key is made when the first text is sealed. One vault a process, or two could make two keys. */
export function makeVault(host: Pick<Host, 'getSecret' | 'setSecret'>): Vault {
  let making: Promise<Buffer> | undefined

  async function keptKey(): Promise<Buffer | undefined> {
    const kept = await host.getSecret(keyName)
    return kept === undefined ? undefined : Buffer.from(kept, 'base64url')
  }

  async function makeKey(): Promise<Buffer> {
    const kept = await keptKey()
    if (kept) return kept
    const key = randomBytes(32)
    await host.setSecret(keyName, key.toString('base64url'))
    return key
  }

  return {
    async seal(text, place) {
      making ??= makeKey().finally(() => (making = undefined))
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', await making, iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    async open(sealed, place) {
      const key = await keptKey()
      if (key === undefined) throw new Error('The key of the sealed credentials is gone.')
      const bytes = Buffer.from(sealed.slice(2), 'base64url')
      const options = { authTagLength: tagLength }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), options)
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
      return decipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
