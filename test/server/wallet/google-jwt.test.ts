import { generateKeyPairSync, verify } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { makeGoogleLink, makeGoogleSigner } from '#server/features/wallet/google-jwt.ts'

const now = Date.parse('2026-11-23T09:30:00Z')
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const signer = makeGoogleSigner({
  client_email: 'cards@example.iam.gserviceaccount.com',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  issuer_id: '3388000000012345678',
})
const contact: WalletPass = {
  id: '019ab000-0000-7000-8000-000000000001',
  business_id: '019ab000-0000-7000-8000-000000000002',
  kind: 'contact',
  title: 'Ada "Lovelace"',
  subtitle: null,
  contact: {
    job_title: 'Countess',
    organization: 'Engines',
    phones: [{ value: '+442079460000' }],
    note: 'Short',
  },
  event: null,
  look: { background: '#102030' },
  code_text: null,
  qr_link_id: null,
  locale: 'en',
  translations: { fr: { title: 'Le nom', 'contact.job_title': 'Comtesse' } },
  import_id: null,
  created_at: '2026-11-23T09:30:00.000000Z',
  updated_at: '2026-11-23T09:30:00.000000Z',
}
const event: WalletPass = {
  ...contact,
  kind: 'event',
  contact: null,
  event: {
    starts_at: '2026-07-01T17:00:00.000000Z',
    timezone: 'Europe/Madrid',
    location: 'Sala 1',
    organizer: 'Us',
  },
  translations: {},
}
const code = 'https://qrscan.ink/r/abc'

function partsOf(jwt: string): [header: unknown, claims: unknown, signature: Buffer, signed: string] {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  const json = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
  return [json(header), json(claims), Buffer.from(signature, 'base64url'), `${header}.${claims}`]
}

describe('a save link', () => {
  test('carries a token that the key of the account signed', () => {
    const { link, jwt, payload, left_out } = makeGoogleLink(contact, code, signer, now)
    const [header, claims, signature, signed] = partsOf(jwt)
    expect(link).toBe(`https://pay.google.com/gp/v/save/${jwt}`)
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(claims).toMatchObject({
      iss: 'cards@example.iam.gserviceaccount.com',
      aud: 'google',
      typ: 'savetowallet',
      iat: now / 1000,
      payload,
    })
    expect(verify('sha256', Buffer.from(signed), publicKey, signature)).toBe(true)
    expect(verify('sha256', Buffer.from(`${signed}x`), publicKey, signature)).toBe(false)
    expect(left_out).toEqual([])
  })

  test('jose takes it too, and not once a letter of it differs', async () => {
    const { jwt } = makeGoogleLink(contact, code, signer, now)
    const rules = { audience: 'google', algorithms: ['RS256'] }
    await expect(jwtVerify(jwt, publicKey, rules)).resolves.toHaveProperty('payload.typ', 'savetowallet')
    await expect(jwtVerify(`${jwt.slice(0, -8)}AAAAAAAA`, publicKey, rules)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    })
  })

  test('of a contact holds a generic object with its words in each language', () => {
    expect(makeGoogleLink(contact, code, signer, now).payload).toEqual({
      genericClasses: [{ id: '3388000000012345678.qrscan_contact' }],
      genericObjects: [
        {
          id: `3388000000012345678.${contact.id}`,
          classId: '3388000000012345678.qrscan_contact',
          state: 'ACTIVE',
          barcode: { type: 'QR_CODE', value: code },
          hexBackgroundColor: '#102030',
          cardTitle: { defaultValue: { language: 'en', value: 'Engines' } },
          header: {
            defaultValue: { language: 'en', value: 'Ada "Lovelace"' },
            translatedValues: [{ language: 'fr', value: 'Le nom' }],
          },
          subheader: {
            defaultValue: { language: 'en', value: 'Countess' },
            translatedValues: [{ language: 'fr', value: 'Comtesse' }],
          },
          textModulesData: [
            { id: 'phone', header: 'Phone', body: '+442079460000' },
            { id: 'note', header: 'Note', body: 'Short' },
          ],
        },
      ],
    })
  })

  test('of an event holds a ticket whose class is the event', () => {
    expect(makeGoogleLink(event, code, signer, now).payload).toMatchObject({
      eventTicketClasses: [
        {
          eventName: { defaultValue: { language: 'en', value: event.title } },
          issuerName: 'Us',
          dateTime: { start: '2026-07-01T19:00:00+02:00' },
          venue: {
            name: { defaultValue: { value: 'Sala 1' } },
            address: { defaultValue: { value: 'Sala 1' } },
          },
        },
      ],
      eventTicketObjects: [{ state: 'ACTIVE', barcode: { value: code } }],
    })
  })

  test('never passes 1800 characters: translations go first, then the note', () => {
    const long = { ...contact, contact: { ...contact.contact, note: 'n'.repeat(2000) } }
    const { jwt, left_out } = makeGoogleLink(long, code, signer, now)
    expect(left_out).toEqual(['translations', 'note'])
    expect(jwt.length).toBeLessThanOrEqual(1800)
    expect(long.translations).toEqual(contact.translations)
  })

  test('leaves out no more than it must, whatever the length of the note', () => {
    const seen = new Set<string>()
    for (let length = 0; length < 900; length += 7) {
      const card = { ...contact, contact: { ...contact.contact, note: 'n'.repeat(length) } }
      const { jwt, left_out } = makeGoogleLink(card, code, signer, now)
      expect(jwt.length).toBeLessThanOrEqual(1800)
      const plain = makeGoogleLink({ ...card, translations: {} }, code, signer, now)
      expect(left_out.includes('note')).toBe(plain.left_out.includes('note'))
      seen.add(left_out.join())
    }
    expect([...seen]).toEqual(['', 'translations', 'translations,note'])
  })

  test('is refused where even the name alone is too long', () => {
    const refused = () => makeGoogleLink(contact, 'x'.repeat(1500), signer, now)
    expect(refused).toThrow(
      expect.objectContaining({ status: 422, errors: { format: [expect.any(String)] } }),
    )
  })
})
