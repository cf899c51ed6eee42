import { generateKeyPairSync } from 'node:crypto'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIntegrationCredential, type IntegrationKey } from '#contract/integration-credentials.ts'
import { createWalletPass, exportWalletPass } from '#contract/wallet-passes.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { makeWalletAuthority } from '#test/support/wallet-authority.ts'

let server: TestServer
let id: string
let ahead = 0
beforeAll(async () => {
  server = await startTestServer({ clock: () => Date.now() + ahead })
  const body = {
    kind: 'contact',
    title: 'Ada',
    contact: { given_name: 'Ada' },
    code_text: 'https://example.com/',
  } as const
  id = (await server.window.call(createWalletPass, { body })).wallet_pass.id
})
afterAll(() => server[Symbol.asyncDispose]())

async function keep(integration: IntegrationKey, credentials: Record<string, string>): Promise<void> {
  await server.window.call(createIntegrationCredential, { body: { integration, credentials } })
}

const download = (format: 'apple' | 'google'): Promise<Response> =>
  server.window.request(exportWalletPass, { params: { id }, query: { format } })

test.each([
  ['apple', /Apple Wallet credentials are not configured .* https:\/\/developer\.apple\.com\//],
  ['google', /Google Wallet credentials are not configured .* https:\/\/developers\.google\.com\//],
] as const)(
  'without credentials for %s the answer names what is missing, and the guide',
  async (format, says) => {
    await expect(download(format)).rejects.toMatchObject({
      status: 422,
      errors: { format: [expect.stringMatching(says)], [`credentials.${format}_wallet`]: expect.any(Array) },
    })
  },
)

test('with them a pass and a save link come out, until they end', async () => {
  using authority = makeWalletAuthority()
  await keep('apple_wallet', { ...authority.issue({ days: 40 }), wwdr: authority.wwdr })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const account = { type: 'service_account', client_email: 'a@example.com', private_key }
  await keep('google_wallet', { service_account: JSON.stringify(account), issuer_id: '3388000000012345678' })
  const pass = await download('apple')
  expect(pass.headers.get('content-type')).toBe('application/vnd.apple.pkpass')
  expect(pass.headers.get('content-disposition')).toContain('filename="Ada.pkpass"')
  const files = unzipSync(new Uint8Array(await pass.arrayBuffer()))
  expect(Object.keys(files)).toContain('signature')
  const { link } = (await (await download('google')).json()) as { link: string }
  expect(link).toMatch(/^https:\/\/pay\.google\.com\/gp\/v\/save\/[\w-]+\.[\w-]+\.[\w-]+$/)
  ahead = 41 * 86_400_000
  await expect(download('apple')).rejects.toMatchObject({ status: 422 })
})
