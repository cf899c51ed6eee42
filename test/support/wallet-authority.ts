import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a test's own authority signs: PEM texts, and the folder they lie in for openssl. */
export interface WalletAuthority extends Disposable {
  folder: string
  wwdr: string
  /** A certificate for passes, of the given subject and days (from `start`, or now). */
  issue(options?: IssueOptions): { certificate: string; private_key: string }
  /** openssl's verdict, a day from now, on a detached signature under this authority. */
  takes(signature: Uint8Array, content: Uint8Array, tool?: 'cms' | 'smime', at?: number): boolean
}

interface IssueOptions {
  subject?: string
  days?: number
  curve?: boolean
  passphrase?: string
}

const usual = '/UID=pass.ink.example.card/CN=Pass Type ID: pass.ink.example.card/OU=TEAM123456/O=Example'

/** An authority like Apple's for this test alone, made by openssl. */
export function makeWalletAuthority(): WalletAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-wallet-'))
  const file = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const rsa = ['-newkey', 'rsa:2048']
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  openssl('req', '-x509', ...rsa, '-nodes', '-keyout', 'wwdr.key', '-out', 'wwdr.pem', '-days', '3650',
    '-subj', '/CN=Test WWDR/OU=G4/O=Test') // prettier-ignore
  let count = 0
  return {
    folder,
    wwdr: readFileSync(file('wwdr.pem'), 'utf8'),
    issue({ subject = usual, days = 400, curve = false, passphrase } = {}) {
      const name = `card-${++count}`
      const secret = passphrase === undefined ? ['-nodes'] : ['-passout', `pass:${passphrase}`]
      openssl('req', '-new', ...(curve ? ec : rsa), ...secret, '-keyout', `${name}.key`, '-out', `${name}.csr`,
        '-subj', subject) // prettier-ignore
      writeFileSync(file(`${name}.ext`), 'extendedKeyUsage=1.2.840.113635.100.4.14\n')
      openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'wwdr.pem', '-CAkey', 'wwdr.key', '-CAcreateserial',
        '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`) // prettier-ignore
      return {
        certificate: readFileSync(file(`${name}.pem`), 'utf8'),
        private_key: readFileSync(file(`${name}.key`), 'utf8'),
      }
    },
    takes(signature, content, tool = 'cms', at = Date.now() + 86_400_000) {
      writeFileSync(file('signature'), signature)
      writeFileSync(file('content'), content)
      const signed = ['-verify', '-binary', '-inform', 'DER', '-in', 'signature', '-content', 'content']
      // Real certificates carry a purpose of Apple's own.
      const trust = ['-CAfile', 'wwdr.pem', '-purpose', 'any', '-attime', String(Math.floor(at / 1000))]
      try {
        openssl(tool, ...signed, ...trust, '-out', 'said')
        return true
      } catch {
        return false
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
