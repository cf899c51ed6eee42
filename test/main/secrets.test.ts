import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSecrets, type SecretsOptions } from '#main/secrets.ts'

const folders: string[] = []
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-secrets-'))
  folders.push(folder)
  return folder
}

type Backend = ReturnType<SecretsOptions['keychain']['getSelectedStorageBackend']>
type Played = Partial<SecretsOptions> & { backend?: Backend; available?: boolean; shouldReEncrypt?: boolean }

/** A system with that keychain. Text is "encrypted" by turning it round. */
function system({
  backend = 'gnome_libsecret',
  available = true,
  shouldReEncrypt = false,
  ...more
}: Played = {}) {
  const turned = (text: string) => text.split('').toReversed().join('')
  const options: SecretsOptions = {
    keychain: {
      isAsyncEncryptionAvailable: async () => available,
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: async (text) => Buffer.from(turned(text)),
      decryptStringAsync: async (sealed) => ({ result: turned(sealed.toString()), shouldReEncrypt }),
    },
    platform: 'linux',
    folder: makeFolder(),
    askUnprotected: async () => {
      throw new Error('Nobody should be asked.')
    },
    ...more,
  }
  return options
}

const allFiles = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

describe('secrets', () => {
  it.each([
    ['GNOME Keyring', system({ backend: 'gnome_libsecret' })],
    ['KWallet', system({ backend: 'kwallet6' })],
    ['the macOS keychain', system({ platform: 'darwin' })],
    ['Windows data protection', system({ platform: 'win32' })],
  ])('are encrypted with a key of %s', async (name, options) => {
    const secrets = await openSecrets(options)
    expect(secrets.keptIn).toBe(`Encrypted with a key that ${name} keeps.`)
    await secrets.set('remote', 'hunter2')
    expect(await secrets.get('remote')).toBe('hunter2')
    expect(allFiles(options.folder)).not.toContain('hunter2')
    expect(await (await openSecrets(options)).get('remote')).toBe('hunter2')
    await secrets.delete('remote')
    expect(await secrets.get('remote')).toBeUndefined()
  })

  it.each([
    ['basic_text, whose password everybody knows', { backend: 'basic_text' as const }],
    ['no keychain at all', { available: false }],
  ])('stay in memory with %s, when the person wants that', async (_name, backend) => {
    let asked = 0
    const options = system({ ...backend, askUnprotected: async () => ((asked += 1), 'session' as const) })
    const secrets = await openSecrets(options)
    expect(secrets.keptIn).toContain('In memory until you quit')
    await secrets.set('remote', 'hunter2')
    await secrets.set('other', 'x')
    expect([asked, await secrets.get('remote')]).toEqual([1, 'hunter2'])
    expect(readdirSync(options.folder)).toEqual([])
    expect(await (await openSecrets(options)).get('remote')).toBeUndefined()
  })

  it('lie in a file of their owner alone that says what it is, when the person chose that', async () => {
    const options = system({ backend: 'basic_text', askUnprotected: async () => 'file' })
    const secrets = await openSecrets(options)
    await secrets.set('remote', 'hunter2')
    expect(secrets.keptIn).toContain('not protected')
    expect(readdirSync(options.folder)).toEqual(['secrets-unprotected.json'])
    expect(statSync(join(options.folder, 'secrets-unprotected.json')).mode & 0o777).toBe(0o600)
    const again = await openSecrets({
      ...options,
      askUnprotected: () => Promise.reject(new Error('asked twice')),
    })
    expect(again.keptIn).toContain('not protected')
    expect(await again.get('remote')).toBe('hunter2')
    await again.set('second', 'x')
  })

  it('are encrypted anew when the keychain asks for it', async () => {
    const options = system({ shouldReEncrypt: true })
    const secrets = await openSecrets(options)
    await secrets.set('remote', 'hunter2')
    const before = statSync(join(options.folder, 'secrets.json')).ino
    expect(await secrets.get('remote')).toBe('hunter2')
    expect(statSync(join(options.folder, 'secrets.json')).ino).not.toBe(before)
  })
})
