import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiError } from '#contract/errors.ts'
import {
  changeIntegrationCredential,
  createIntegrationCredential,
  deleteIntegrationCredential,
  listIntegrationCredentials,
  type IntegrationKey,
} from '#contract/integration-credentials.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { makeWalletAuthority } from '#test/support/wallet-authority.ts'

const day = 24 * 3600 * 1000
const appleGuide = 'https://developer.apple.com/documentation/walletpasses/building-a-pass'
const authority = makeWalletAuthority()
const other = makeWalletAuthority()
const good = { ...authority.issue(), wwdr: authority.wwdr }
let server: TestServer
let ahead = 0
beforeAll(async () => {
  server = await startTestServer({ clock: () => Date.now() + ahead })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  authority[Symbol.dispose]()
  other[Symbol.dispose]()
})

async function keep(credentials: Record<string, string>, integration: IntegrationKey = 'apple_wallet') {
  const body = { integration, credentials }
  const { integration_credential } = await server.window.call(createIntegrationCredential, { body })
  return integration_credential
}

async function forget(id: string): Promise<void> {
  await server.window.call(deleteIntegrationCredential, { params: { id } })
}

/** The sentences of the 422, by field. */
async function refusal(work: Promise<unknown>): Promise<Record<string, string[]>> {
  const error = await work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (thrown: unknown) => thrown as ApiError,
  )
  expect(error.status).toBe(422)
  return error.errors ?? {}
}

function accountOf(key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) {
  return {
    type: 'service_account',
    client_email: 'cards@example.iam.gserviceaccount.com',
    private_key_id: '0123456789abcdef',
    private_key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

describe('credentials for Apple Wallet', () => {
  test('are kept, shown masked, and lie nowhere in the data folder in the clear', async () => {
    const kept = await keep(good)
    expect(kept).toMatchObject({
      name: 'pass.ink.example.card',
      masked: { pass_type: 'pass.ink.example.card', team: 'TEAM123456', wwdr: 'Test WWDR' },
      warnings: [],
    })
    const { integration_credentials } = await server.window.call(listIntegrationCredentials, {})
    const secret = good.private_key.split('\n')[5]!
    expect(JSON.stringify(integration_credentials)).not.toContain(secret)
    const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    )
    const holding = files.filter((f) => readFileSync(join(f.parentPath, f.name), 'latin1').includes(secret))
    expect(files.length).toBeGreaterThan(1)
    expect(holding).toEqual([])
    await forget(kept.id)
  })

  test('may be a certificate as Apple hands it out, in base64, and a key in one text with it', async () => {
    const der = (pem: string): string => pem.replace(/-----.*-----|\s/g, '')
    const both = `Bag Attributes\n${good.private_key}\nsubject=\n${good.certificate}`
    const forms = [good, { ...good, certificate: der(good.certificate), wwdr: der(good.wwdr) }]
    const masks = new Set<string>()
    for (const form of [...forms, { certificate: both, wwdr: good.wwdr }]) {
      const kept = await keep(form)
      masks.add(JSON.stringify(kept.masked))
      await forget(kept.id)
    }
    expect(masks.size).toBe(1)
  })

  test('with a passphrase are opened by it alone', async () => {
    const locked = { ...authority.issue({ passphrase: 'sesame' }), wwdr: authority.wwdr }
    expect(await refusal(keep(locked))).toHaveProperty(['credentials.passphrase'])
    for (const passphrase of ['wrong', 'Sesame', ' ']) {
      expect(await refusal(keep({ ...locked, passphrase }))).toHaveProperty(['credentials.passphrase'])
    }
    await forget((await keep({ ...locked, passphrase: 'sesame' })).id)
  })

  test.each<[string, string, () => Record<string, string>, RegExp]>([
    [
      'no certificate',
      'certificate',
      () => ({ private_key: good.private_key, wwdr: good.wwdr }),
      /Fill in the certificate/,
    ],
    [
      'no WWDR',
      'wwdr',
      () => ({ certificate: good.certificate, private_key: good.private_key }),
      /Fill in the wwdr/,
    ],
    ['a word', 'certificate', () => ({ ...good, certificate: 'hello' }), /no certificate/],
    [
      'a .p12',
      'certificate',
      () => ({ ...good, certificate: 'MIIKcQIBAzCCCi8GCSqGSIb3DQEHAaCC' }),
      /openssl pkcs12/,
    ],
    [
      'a torn certificate',
      'certificate',
      () => ({ ...good, certificate: good.certificate.replace(/\n.{9}/, '\n') }),
      /cannot be read/,
    ],
    [
      'another key',
      'private_key',
      () => ({ ...good, private_key: authority.issue().private_key }),
      /does not belong/,
    ],
    [
      'a torn key',
      'private_key',
      () => ({ ...good, private_key: good.private_key.replace(/\n.{9}/, '\n') }),
      /cannot be read/,
    ],
    [
      'another authority',
      'wwdr',
      () => ({ ...good, wwdr: other.wwdr }),
      /issued by another one: Test WWDR, G4/,
    ],
    [
      'no UID',
      'certificate',
      () => ({ ...authority.issue({ subject: '/CN=x/OU=TEAM123456' }), wwdr: good.wwdr }),
      /UID/,
    ],
    [
      'no OU',
      'certificate',
      () => ({ ...authority.issue({ subject: '/UID=pass.x/CN=x' }), wwdr: good.wwdr }),
      /OU is missing/,
    ],
    ['an unknown digest', 'digest', () => ({ ...good, digest: 'md5' }), /sha1 or sha256/],
    ['a field too many', 'pin', () => ({ ...good, pin: '1234' }), /no such field/],
  ])('with %s are refused at that field', async (_what, field, credentials, sentence) => {
    const errors = await refusal(keep(credentials()))
    expect(Object.keys(errors)).toEqual([`credentials.${field}`])
    expect(errors[`credentials.${field}`]![0]).toMatch(sentence)
    if (field !== 'pin') expect(errors[`credentials.${field}`]![0]).toContain(appleGuide)
  })

  test('warn a month before they end, and are refused after', async () => {
    const short = { ...authority.issue({ days: 40 }), wwdr: good.wwdr }
    const kept = await keep(short)
    expect(kept.warnings).toEqual([])
    ahead = 11 * day
    const [shown] = (await server.window.call(listIntegrationCredentials, {})).integration_credentials.data
    expect(shown!.warnings).toEqual([expect.stringMatching(/^These credentials end on \d{4}-\d\d-\d\d\./)])
    ahead = 41 * day
    const errors = await refusal(
      server.window.call(changeIntegrationCredential, {
        params: { id: kept.id },
        body: { credentials: short },
      }),
    )
    expect(errors['credentials.certificate']![0]).toMatch(/ended on/)
    ahead = 0
    await forget(kept.id)
  })

  test('are one set a business; new ones take their place, and a name alone leaves them', async () => {
    const kept = await keep(good)
    expect(await refusal(keep(good))).toHaveProperty('integration')
    const change = async (body: object) =>
      (await server.window.call(changeIntegrationCredential, { params: { id: kept.id }, body }))
        .integration_credential
    expect(await change({ name: 'Cards' })).toMatchObject({ name: 'Cards', masked: kept.masked })
    const issued = { ...authority.issue({ curve: true }), wwdr: good.wwdr }
    expect(await change({ credentials: { ...issued, digest: 'sha256' } })).toMatchObject({
      name: 'Cards',
      masked: { digest: 'sha256', private_key: 'EC key, kept encrypted' },
    })
    await forget(kept.id)
  })
})

describe('credentials for Google Wallet', () => {
  const issuer_id = '3388000000012345678'

  test('are kept and shown masked', async () => {
    const kept = await keep({ service_account: JSON.stringify(accountOf()), issuer_id }, 'google_wallet')
    expect(kept).toMatchObject({
      masked: { issuer_id, private_key: '…cdef, kept encrypted' },
      valid_until: null,
      warnings: [],
    })
    await forget(kept.id)
  })

  test.each<[string, string, () => Record<string, string>]>([
    ['no JSON', 'service_account', () => ({ service_account: 'x', issuer_id })],
    [
      'another kind of key',
      'service_account',
      () => ({ service_account: '{"type":"authorized_user"}', issuer_id }),
    ],
    [
      'no address',
      'service_account',
      () => ({ service_account: JSON.stringify({ ...accountOf(), client_email: 1 }), issuer_id }),
    ],
    [
      'a key that is no key',
      'service_account',
      () => ({ service_account: JSON.stringify({ ...accountOf(), private_key: 'x' }), issuer_id }),
    ],
    [
      'an EC key',
      'service_account',
      () => ({
        service_account: JSON.stringify(
          accountOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
        ),
        issuer_id,
      }),
    ],
    [
      'a word for the issuer',
      'issuer_id',
      () => ({ service_account: JSON.stringify(accountOf()), issuer_id: 'me' }),
    ],
  ])('with %s are refused at that field', async (_what, field, credentials) => {
    expect(Object.keys(await refusal(keep(credentials(), 'google_wallet')))).toEqual([`credentials.${field}`])
  })
})

test('another business sees no credentials, and cannot touch them; nor can who only reads', async () => {
  const kept = await keep(good)
  const stamps = { created_at: kept.created_at, updated_at: kept.updated_at }
  const names = { name: 'Other', short_domain: null, timezone: 'UTC', currency: 'EUR', version: 1 }
  await server.server.context.database.db
    .insertInto('businesses')
    .values({ id: 'other', ...names, ...stamps })
    .execute()
  const stranger = await server.withToken(['integrations:read', 'integrations:write'], {
    business_id: 'other',
  })
  const seen = await stranger.call(listIntegrationCredentials, {})
  expect(seen.integration_credentials.total).toBe(0)
  const remove = { params: { id: kept.id } }
  await expect(stranger.call(deleteIntegrationCredential, remove)).rejects.toMatchObject({ status: 404 })
  const reader = await server.withToken(['integrations:read'])
  await expect(reader.call(deleteIntegrationCredential, remove)).rejects.toMatchObject({ status: 403 })
  await forget(kept.id)
  await expect(forget(kept.id)).rejects.toMatchObject({ status: 404 })
})
