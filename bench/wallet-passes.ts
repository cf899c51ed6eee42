/**
 * A signed `.pkpass`: ours, and passkit-generator's where `PASSKIT` names the folder of that npm package with its
 * dependencies (`npm install passkit-generator` in a folder of its own). The same pictures, fields and certificate.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { makePassSigner, makePkpass, packPass } from '#server/features/wallet/pkpass.ts'
import { passImages } from '#server/features/wallet/pkpass-images.ts'
import { passJson } from '#server/features/wallet/pkpass-json.ts'
import { median, report, takeTurns, type Result } from './measure.ts'

const card: WalletPass = {
  id: '019ab000-0000-7000-8000-000000000001',
  business_id: '019ab000-0000-7000-8000-000000000002',
  kind: 'contact',
  title: 'Ada Lovelace',
  subtitle: null,
  contact: { job_title: 'Countess', organization: 'Engines', phones: [{ value: '+442079460000' }] },
  event: null,
  look: { background: '#102030' },
  code_text: null,
  qr_link_id: null,
  locale: 'en',
  translations: {},
  import_id: null,
  created_at: '2026-11-23T09:30:00.000000Z',
  updated_at: '2026-11-23T09:30:00.000000Z',
}
const code = 'https://qrscan.ink/r/abc'

interface Certificates {
  certificate: string
  private_key: string
  wwdr: string
}

function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-bench-'))
  const openssl = (command: string, subject: string[] = []): void => {
    execFileSync('openssl', [...command.split(' '), ...subject], { cwd: folder, stdio: 'pipe' })
  }
  const key = '-newkey rsa:2048 -nodes'
  openssl(`req -x509 ${key} -keyout a.key -out a.pem -days 9`, ['-subj', '/CN=Bench WWDR/OU=G4'])
  openssl(`req -new ${key} -keyout c.key -out c.csr`, ['-subj', '/UID=pass.ink.example/CN=x/OU=TEAM123456'])
  openssl('x509 -req -in c.csr -CA a.pem -CAkey a.key -CAcreateserial -days 9 -out c.pem')
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const made = { certificate: read('c.pem'), private_key: read('c.key'), wwdr: read('a.pem') }
  rmSync(folder, { recursive: true, force: true })
  return made
}

type PassClass = new (files: Record<string, Buffer>, certificates: object) => { getAsBuffer(): Buffer }

/** The peer packs and signs the same files; it reads its certificates anew for each pass, as it offers no other way. */
function peerOf(files: Record<string, Buffer>, made: Certificates): (() => unknown) | undefined {
  const folder = process.env['PASSKIT']
  if (folder === undefined) return undefined
  const { PKPass } = createRequire(import.meta.url)(folder) as { PKPass: PassClass }
  const certificates = { signerCert: made.certificate, signerKey: made.private_key, wwdr: made.wwdr }
  return () => new PKPass({ ...files }, certificates).getAsBuffer()
}

async function main(): Promise<void> {
  const made = makeCertificates()
  const signer = makePassSigner(made)
  const pictures = await passImages(card)
  const json = (): Buffer => Buffer.from(JSON.stringify(passJson(card, code, signer)))
  const peer = peerOf({ 'pass.json': json(), ...pictures }, made)
  const ours = (): Buffer => packPass({ 'pass.json': json(), ...pictures }, signer, Date.now())
  const whole = (): Promise<Buffer> => makePkpass(card, code, signer, Date.now())
  for (let round = 0; round < 20; round++) ours()
  const contenders: Record<string, () => unknown> = { ours, whole, ...(peer && { peer }) }
  const times = await takeTurns(contenders, 200)
  const [mine, drawn] = [median(times['ours']!), median(times['whole']!)]
  const theirs = peer && median(times['peer']!)
  const bench = 'wallet-passes'
  const results: Result[] = [
    {
      bench,
      what: 'a signed .pkpass',
      ours: mine,
      unit: 'ms',
      target: '≥ 20× passkit-generator',
      ...(theirs !== undefined && { peer: theirs, ratio: theirs / mine, met: theirs / mine >= 20 }),
    },
    { bench, what: 'the same, its pictures drawn', ours: drawn, unit: 'ms' },
  ]
  report(results)
}

await main()
