import { describe, expect, test } from 'vitest'
import { checkApple } from '#server/features/credentials/check-apple.ts'
import { credentialsFor, insertCredential, removeCredential } from '#server/features/credentials/store.ts'
import { makeVault } from '#server/features/credentials/vault.ts'
import { databases } from '#test/support/databases.ts'
import { makeWalletAuthority } from '#test/support/wallet-authority.ts'

/** Secrets in memory, as slow as a keychain may be. */
function fakeHost() {
  const secrets = new Map<string, string>()
  return {
    secrets,
    getSecret: async (name: string) => secrets.get(name),
    async setSecret(name: string, value: string) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      secrets.set(name, value)
    },
  }
}

describe('the vault', () => {
  test('opens what it sealed, also when the first two are sealed at once', async () => {
    const vault = makeVault(fakeHost())
    const texts = ['', 'a', 'čšž 🎫'.repeat(1000)]
    const sealed = await Promise.all(texts.map((text) => vault.seal(text, 'here')))
    expect(await Promise.all(sealed.map((one) => vault.open(one, 'here')))).toEqual(texts)
    expect(await vault.seal('a', 'here')).not.toBe(sealed[1])
  })

  test('refuses what was changed, moved to another row, or sealed with another key', async () => {
    const host = fakeHost()
    const vault = makeVault(host)
    const sealed = await vault.seal('secret', 'here')
    const bytes = Buffer.from(sealed.slice(2), 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      await expect(vault.open(`1.${changed.toString('base64url')}`, 'here')).rejects.toBeInstanceOf(Error)
    }
    await expect(
      vault.open(`1.${bytes.subarray(0, 20).toString('base64url')}`, 'here'),
    ).rejects.toBeInstanceOf(Error)
    await expect(vault.open(sealed, 'there')).rejects.toBeInstanceOf(Error)
    host.secrets.clear()
    await expect(vault.open(sealed, 'here')).rejects.toThrow('gone')
    await vault.seal('another', 'here')
    await expect(vault.open(sealed, 'here')).rejects.toBeInstanceOf(Error)
  })
})

describe.each(databases)('credentials on %s', (_name, open) => {
  test('open for signing, until they end, are removed, or the key is gone', async () => {
    using authority = makeWalletAuthority()
    const database = await open()
    const { db } = database
    const host = fakeHost()
    const vault = makeVault(host)
    const issued = { ...authority.issue(), wwdr: authority.wwdr }
    const now = Date.now()
    const at = new Date(now).toISOString()
    const names = { name: 'One', short_domain: null, timezone: 'UTC', currency: 'EUR', version: 1 }
    await db
      .insertInto('businesses')
      .values({ id: 'b1', ...names, created_at: at, updated_at: at })
      .execute()
    const added = { business_id: 'b1', integration: 'apple_wallet', name: undefined } as const
    const row = await insertCredential(db, vault, { ...added, checked: checkApple(issued, now) }, now)
    const opened = (time = now, business = 'b1') =>
      credentialsFor({ db, vault, now: time }, business, 'apple_wallet')
    expect(await opened()).toEqual({ ...issued, digest: 'sha1' })
    expect(await opened(now, 'b2')).toBeUndefined()
    await expect(opened(now + 401 * 86_400_000)).rejects.toMatchObject({
      status: 422,
      errors: { 'credentials.apple_wallet': [expect.stringContaining('ended on')] },
    })
    const kept = host.secrets.get('integration-credentials-key')!
    host.secrets.clear()
    await expect(opened()).rejects.toMatchObject({ status: 422 })
    host.secrets.set('integration-credentials-key', kept)
    await removeCredential(db, row, now)
    expect(await opened()).toBeUndefined()
    const { sealed } = await db
      .selectFrom('integration_credentials')
      .select('sealed')
      .executeTakeFirstOrThrow()
    expect(sealed).toBe('')
    await database.close()
  })
})
