import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'

type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

export interface SecretsOptions {
  keychain: Keychain
  platform: NodeJS.Platform
  /** Where the files of secrets lie. */
  folder: string
  /** Asked when the first secret is to be kept and the system protects nothing. */
  askUnprotected: () => Promise<'session' | 'file'>
}

/** Secrets by name, wherever this system can keep them. */
export interface Secrets {
  readonly keptIn: string
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

/**
 * Electron encrypts on Linux with a password written in its source when there is no keychain (`basic_text`). That
 * protects nothing, so it counts as none: the person chooses between this session and a file that says what it is.
 */
export async function openSecrets(options: SecretsOptions): Promise<Secrets> {
  const { keychain, platform } = options
  const available = await keychain.isAsyncEncryptionAvailable()
  const backend = platform === 'linux' && available ? keychain.getSelectedStorageBackend() : 'system'
  const isProtected = available && backend !== 'basic_text' && backend !== 'unknown'
  return isProtected
    ? protectedSecrets(options, keychainNames[backend] ?? systemNames[platform])
    : unprotectedSecrets(options)
}

const keychainNames: Record<string, string> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}
const systemNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the macOS keychain',
  win32: 'Windows data protection',
}

function protectedSecrets({ keychain, folder }: SecretsOptions, name = 'the system’s keychain'): Secrets {
  const file = secretFile(join(folder, 'secrets.json'))

  async function put(key: string, value: string): Promise<void> {
    const encrypted = await keychain.encryptStringAsync(value)
    file.write({ ...file.read(), [key]: encrypted.toString('base64') })
  }

  return {
    keptIn: `Encrypted with a key that ${name} keeps.`,
    async get(key) {
      const encrypted = file.read()[key]
      if (encrypted === undefined) return undefined
      const { result, shouldReEncrypt } = await keychain.decryptStringAsync(Buffer.from(encrypted, 'base64'))
      if (shouldReEncrypt) await put(key, result)
      return result
    },
    set: put,
    delete: async (key) => file.remove(key),
  }
}

function unprotectedSecrets({ folder, askUnprotected }: SecretsOptions): Secrets {
  const file = secretFile(join(folder, 'secrets-unprotected.json'))
  const session = new Map<string, string>()
  let choice: 'session' | 'file' | undefined = file.exists() ? 'file' : undefined
  return {
    get keptIn() {
      if (choice === 'file')
        return 'In a file that only your account can read. It is not protected by a keychain.'
      return 'In memory until you quit: this system has no keychain that QRScan can use.'
    },
    get: async (key) => session.get(key) ?? file.read()[key],
    async set(key, value) {
      choice ??= await askUnprotected()
      if (choice === 'file') file.write({ ...file.read(), [key]: value })
      else session.set(key, value)
    },
    async delete(key) {
      session.delete(key)
      file.remove(key)
    },
  }
}

/** A JSON file of its owner alone (0600), replaced in one step. */
function secretFile(path: string) {
  function read(): Record<string, string> {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return {}
      throw error
    }
  }
  function write(secrets: Record<string, string>): void {
    writeFileSync(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 })
    chmodSync(`${path}.new`, 0o600)
    renameSync(`${path}.new`, path)
  }
  function remove(key: string): void {
    const { [key]: gone, ...rest } = read()
    if (gone !== undefined) write(rest)
  }
  return { read, write, remove, exists: () => Object.keys(read()).length > 0 }
}
