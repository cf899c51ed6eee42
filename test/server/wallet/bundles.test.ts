import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import * as bundles from '#contract/export-bundles.ts'
import { createWalletPass } from '#contract/wallet-passes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

async function finished(server: TestServer, id: string) {
  for (let tries = 0; tries < 400; tries++) {
    const { bundle } = await server.window.call(bundles.findExportBundle, { params: { id } })
    if (bundle.status === 'ready' || bundle.status === 'failed') return bundle
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  throw new Error('The bundle was never ready.')
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
    const download = await server.fetch(`/api/exports/bundles/${bundle.id}/download`)
    const files = unzipSync(new Uint8Array(await download.arrayBuffer()))
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

  it('leaves out, with the reason, cards that have none of the formats, and refuses what is signed', async () => {
    await using server = await startTestServer()
    await addCards(server)
    const body = { kind: 'wallet_cards' as const, formats: ['ics'] }
    const { bundle } = await server.window.call(bundles.createExportBundle, { body })
    expect(await finished(server, bundle.id)).toMatchObject({ status: 'ready', done: 4, refused: 3 })
    const signed = { kind: 'wallet_cards' as const, formats: ['vcf', 'apple'] }
    await expect(server.window.call(bundles.createExportBundle, { body: signed })).rejects.toMatchObject({
      status: 422,
      errors: { 'formats.1': [expect.stringContaining('one by one')] },
    })
  })
})
