import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { makePassSigner, makePkpass } from '#server/features/wallet/pkpass.ts'
import { makeWalletAuthority, type WalletAuthority } from '#test/support/wallet-authority.ts'

const now = Date.parse('2026-11-23T09:30:00Z')
const authority = makeWalletAuthority()
afterAll(() => authority[Symbol.dispose]())

const contact: WalletPass = {
  id: '019ab000-0000-7000-8000-000000000001',
  business_id: '019ab000-0000-7000-8000-000000000002',
  kind: 'contact',
  title: 'Ada "the first" Nom\\n',
  subtitle: 'Engines',
  contact: {
    job_title: 'Countess',
    organization: 'Analytical\nEngines',
    phones: [{ label: 'work', value: '+44 20 7946 0000' }],
    emails: [{ value: 'ada@example.com' }],
    note: 'Line one\r\nline\u0007 two \ud800',
  },
  event: null,
  look: { background: '#102030', logo: picture(400, 100), photo: picture(300, 600) },
  code_text: null,
  qr_link_id: null,
  locale: 'en',
  translations: { fr: { title: 'Le "nom" \\ x\nfin', 'contact.job_title': 'Comtesse' } },
  import_id: null,
  created_at: '2026-11-23T09:30:00.000000Z',
  updated_at: '2026-11-23T09:30:00.000000Z',
}
const event: WalletPass = {
  ...contact,
  kind: 'event',
  contact: null,
  event: { starts_at: '2026-07-01T17:00:00.000000Z', timezone: 'Europe/Madrid', location: 'Sala 1' },
  look: {},
  translations: {},
}

function picture(width: number, height: number): string {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').fillRect(0, 0, width / 2, height)
  return `data:image/png;base64,${canvas.toBuffer('image/png').toString('base64')}`
}

const opensslTakes: WalletAuthority['takes'] = (signature, manifest, tool) =>
  authority.takes(signature, manifest, tool, now + 86_400_000)

async function passOf(card: WalletPass, digest?: string, curve = false): Promise<Record<string, Uint8Array>> {
  const issued = authority.issue({ curve })
  const signer = makePassSigner({ ...issued, wwdr: authority.wwdr, ...(digest && { digest }) })
  const packed = await makePkpass(card, 'https://qrscan.ink/r/abc', signer, now)
  return unzipSync(packed)
}

function jsonOf(bytes: Uint8Array | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(bytes!).toString()) as Record<string, unknown>
}

describe('a signed pass', () => {
  test.each([
    ['RSA', 'sha1', false],
    ['RSA', 'sha256', false],
    ['EC', 'sha1', true],
    ['EC', 'sha256', true],
  ])(
    'openssl takes it with %s and %s, and refuses it once one byte of it differs',
    async (_key, digest, curve) => {
      const files = await passOf(contact, digest, curve)
      const [signature, manifest] = [files['signature']!, files['manifest.json']!]
      expect(opensslTakes(signature, manifest, 'cms')).toBe(true)
      expect(opensslTakes(signature, manifest, 'smime')).toBe(true)
      const tampered = Buffer.from(manifest)
      tampered[20]! ^= 1
      expect(opensslTakes(signature, tampered, 'cms')).toBe(false)
    },
  )

  test('its manifest has the sum of every file, and names nothing else', async () => {
    const files = await passOf(contact)
    const manifest = jsonOf(files['manifest.json'])
    const others = Object.keys(files).filter((name) => name !== 'manifest.json' && name !== 'signature')
    expect(Object.keys(manifest).toSorted()).toEqual(others.toSorted())
    for (const name of others)
      expect(manifest[name]).toBe(createHash('sha1').update(files[name]!).digest('hex'))
  })

  test('unzip finds nothing wrong with it', async () => {
    const signer = makePassSigner({ ...authority.issue(), wwdr: authority.wwdr })
    const path = join(authority.folder, 'card.pkpass')
    writeFileSync(path, await makePkpass(contact, 'x', signer, now))
    expect(String(execFileSync('unzip', ['-t', path]))).toContain('No errors detected')
  })

  test('its pictures have the sizes that Wallet asks for', async () => {
    const files = await passOf(contact)
    const sizes: Record<string, string> = {}
    for (const name of Object.keys(files).filter((one) => one.endsWith('.png'))) {
      const { width, height } = await loadImage(Buffer.from(files[name]!))
      sizes[name] = `${width}x${height}`
    }
    expect(sizes).toEqual({
      'icon.png': '29x29',
      'icon@2x.png': '58x58',
      'icon@3x.png': '87x87',
      'logo.png': '160x40',
      'logo@2x.png': '320x80',
      'logo@3x.png': '480x120',
      'thumbnail.png': '90x90',
      'thumbnail@2x.png': '180x180',
      'thumbnail@3x.png': '270x270',
    })
  })

  test('a contact is a generic pass that says who the certificate is', async () => {
    const pass = jsonOf((await passOf(contact))['pass.json'])
    expect(pass).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: 'pass.ink.example.card',
      teamIdentifier: 'TEAM123456',
      serialNumber: contact.id,
      backgroundColor: 'rgb(16, 32, 48)',
      barcodes: [{ format: 'PKBarcodeFormatQR', message: 'https://qrscan.ink/r/abc' }],
      generic: { primaryFields: [{ key: 'name', value: contact.title }] },
    })
    expect(JSON.stringify(pass)).toContain('Line one\\nline two \ufffd')
    const keys = [...JSON.stringify(pass).matchAll(/"key":"([^"]+)"/g)].map(([, key]) => key)
    expect(keys.length).toBeGreaterThan(5)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('an event is a ticket whose hour is that of the place', async () => {
    const pass = jsonOf((await passOf(event))['pass.json'])
    expect(pass).toMatchObject({
      relevantDate: '2026-07-01T19:00:00+02:00',
      eventTicket: { secondaryFields: [{ value: '2026-07-01T19:00:00+02:00', ignoresTimeZone: true }, {}] },
    })
    expect(pass).not.toHaveProperty('generic')
  })

  test('words of another language cannot end their line early', async () => {
    const strings = Buffer.from((await passOf(contact))['fr.lproj/pass.strings']!).toString()
    const lines = '"Ada \\"the first\\" Nom\\\\n" = "Le \\"nom\\" \\\\ x\\nfin";\n"Countess" = "Comtesse";\n'
    expect(strings.slice(0, lines.length)).toBe(lines)
    // What the fields are called comes along, so that no telephone mixes two languages.
    expect(strings.slice(lines.length)).toContain('"Phone (work)" = "Téléphone (travail)";\n')
  })
})
