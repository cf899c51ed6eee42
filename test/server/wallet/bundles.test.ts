import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import * as bundles from '#contract/export-bundles.ts'
import { createIntegrationCredential, type IntegrationKey } from '#contract/integration-credentials.ts'
import { createWalletPass } from '#contract/wallet-passes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { makeWalletAuthority } from '#test/support/wallet-authority.ts'

async function finished(server: TestServer, id: string) {
  for (let tries = 0; tries < 400; tries++) {
    const { bundle } = await server.window.call(bundles.findExportBundle, { params: { id } })
    if (bundle.status === 'ready' || bundle.status === 'failed') return bundle
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  throw new Error('The bundle was never ready.')
}

async function filesOf(server: TestServer, id: string): Promise<Record<string, Uint8Array>> {
  const download = await server.fetch(`/api/exports/bundles/${id}/download`)
  return unzipSync(new Uint8Array(await download.arrayBuffer()))
}

async function keep(server: TestServer, integration: IntegrationKey, credentials: Record<string, string>) {
  await server.window.call(createIntegrationCredential, { body: { integration, credentials } })
}

async function addCards(server: TestServer): Promise<void> {
  for (const title of ['Ann', 'Ann', '../Bob: "x"']) {
    await server.window.call(createWalletPass, { body: { kind: 'contact', title, contact: {} } })
  }
  const event = { starts_at: '2026-12-01T18:00:00Z' }
  await server.window.call(createWalletPass, { body: { kind: 'event', title: 'Tasting', event } })
}

describe('a bundle of wallet cards', () => {
  it('holds each card in the formats of its kind, its codes read back', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const body = { kind: 'wallet_cards' as const, formats: ['vcf', 'ics', 'html'] }
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(bundle.total).toBe(4)
    expect(await finished(server, bundle.id)).toMatchObject({
      status: 'ready',
      done: 4,
      verified: 4,
      refused: 0,
    })
    const files = await filesOf(server, bundle.id)
    const names = Object.keys(files).filter((name) => !name.startsWith('manifest'))
    expect(names.toSorted()).toEqual(
      [
        'Ann (2).html',
        'Ann (2).vcf',
        'Ann.html',
        'Ann.vcf',
        '-Bob- -x-.html',
        '-Bob- -x-.vcf',
        'Tasting.html',
        'Tasting.ics',
      ].toSorted(),
    )
    expect(Buffer.from(files['Ann.vcf']!).toString()).toContain('FN:Ann\r\n')
    expect(Buffer.from(files['Tasting.ics']!).toString()).toContain('SUMMARY:Tasting\r\n')
  })

  it('leaves out, with the reason, cards that have none of the formats', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const body = { kind: 'wallet_cards' as const, formats: ['ics'] }
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(await finished(server, bundle.id)).toMatchObject({ status: 'ready', done: 4, refused: 3 })
  })

  it('holds signed cards where the business has the keys; without them it is refused at once, by name', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const body = { kind: 'wallet_cards' as const, formats: ['vcf', 'apple', 'google'] }
    await expect(server.window.call(bundles.createExportBundle, { body })).rejects.toMatchObject({
      status: 422,
      errors: {
        'formats.1': [expect.stringContaining('Apple Wallet credentials are not configured')],
        'credentials.apple_wallet': ['certificate', 'private_key', 'wwdr'],
      },
    })
    using authority = makeWalletAuthority()
    await keep(server, 'apple_wallet', { ...authority.issue(), wwdr: authority.wwdr })
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const account = { type: 'service_account', client_email: 'a@example.com', private_key }
    const google = { service_account: JSON.stringify(account), issuer_id: '3388000000012345678' }
    await keep(server, 'google_wallet', google)
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(await finished(server, bundle.id)).toMatchObject({ status: 'ready', done: 4, refused: 0 })
    const files = await filesOf(server, bundle.id)
    const names = Object.keys(files)
    expect(names.filter((name) => name.endsWith('.pkpass'))).toHaveLength(4)
    expect(names.filter((name) => name.endsWith('.json') && name !== 'manifest.json')).toHaveLength(4)
    for (const name of ['Ann.pkpass', 'Tasting.pkpass']) {
      const pass = unzipSync(files[name]!)
      expect(authority.takes(pass['signature']!, pass['manifest.json']!)).toBe(true)
    }
    const { link } = JSON.parse(Buffer.from(files['Ann.json']!).toString()) as { link: string }
    expect(link).toContain('https://pay.google.com/gp/v/save/')
    // The keys go to the thread that signs, and nowhere else.
    const stored = JSON.stringify(
      await server.server.context.database.db.selectFrom('export_bundles').selectAll().execute(),
    )
    expect(stored).not.toContain('PRIVATE KEY')
  })

  it('is of the cards that a filter names: those of one import, of one kind', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const filter = { kind: 'event' as const }
    const body = { kind: 'wallet_cards' as const, formats: ['html'], filter }
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(bundle.total).toBe(1)
    await finished(server, bundle.id)
    expect(Object.keys(await filesOf(server, bundle.id))).toContain('Tasting.html')
  })

  it('lies on label sheets too, each code that of its card', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const layout = { stock: 'avery-l7160', caption: 'title' as const }
    const body = { kind: 'print_sheets' as const, of: 'cards' as const, layout }
    const preview = await server.window.call(bundles.previewSheet, { body })
    expect(preview).toMatchObject({ pages: 1, labels: 4 })
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(await finished(server, bundle.id)).toMatchObject({ status: 'ready', done: 4, verified: 4 })
    const files = await filesOf(server, bundle.id)
    const [name, pdf] = Object.entries(files).find(([one]) => one.endsWith('.pdf'))!
    const folder = mkdtempSync(join(tmpdir(), 'qrscan-card-sheet-'))
    try {
      writeFileSync(join(folder, name), pdf)
      execFileSync('pdftoppm', ['-r', '200', '-png', join(folder, name), join(folder, 'page')])
      const [page] = readdirSync(folder).filter((one) => one.endsWith('.png'))
      const read = execFileSync('zbarimg', ['-q', '--raw', join(folder, page!)]).toString()
      for (const title of ['Ann', 'Bob', 'Tasting']) expect(read).toContain(title)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
