import { ValidationFailed } from '#contract/errors.ts'
import type { WalletFormat, WalletPass } from '#contract/wallet-passes.ts'
import type { Db } from '../../db/schema.ts'
import { codeTextOf } from './code-text.ts'
import { refuseFormat, writeCard } from './export-card.ts'
import type { VcardVersion } from './vcard.ts'
import type { SignedCard, WalletParts } from './wallet-parts.ts'

interface ServedCard {
  type: string
  body: string | Buffer
  headers: Record<string, string>
}

/** A card as it is downloaded. Throws 422 that says which format to take, or what is missing. */
export async function exportCard(
  db: Db,
  card: WalletPass,
  { format, vcard }: { format: WalletFormat; vcard?: VcardVersion },
  parts: WalletParts,
): Promise<ServedCard> {
  refuseFormat(card, format)
  const link =
    card.qr_link_id === null ? undefined : await parts.findLink(db, card.qr_link_id, card.business_id)
  const name = parts.safeFileName(card.title)
  if (format === 'apple' || format === 'google') {
    const signed = await signedCard(db, format, card, codeTextOf(card, link), parts)
    return { ...signed, headers: { 'Content-Disposition': disposition(name + signed.ending) } }
  }
  const { type, body, ending, headers } = await writeCard(card, format, { link, name, vcard })
  return { type, body, headers: { ...headers, 'Content-Disposition': disposition(name + ending) } }
}

async function signedCard(
  db: Db,
  format: 'apple' | 'google',
  card: WalletPass,
  codeText: string,
  parts: WalletParts,
): Promise<SignedCard> {
  const signed = await parts.sign?.(db, format, card, codeText)
  if (signed) return signed
  throw unsigned(format)
}

/** 422 that names what is missing for a service, and where its guide is. */
export function unsigned(format: 'apple' | 'google', field = 'format'): ValidationFailed {
  const { service, fields, guide } = needed[format]
  return new ValidationFailed({
    [field]: [
      `${service} credentials are not configured for this business. Add them, or choose vcf, ics or html. The guide: ${guide}`,
    ],
    [`credentials.${format}_wallet`]: fields,
  })
}

const needed = {
  apple: {
    service: 'Apple Wallet',
    fields: ['certificate', 'private_key', 'wwdr'],
    guide: 'https://developer.apple.com/documentation/walletpasses/building-a-pass',
  },
  google: {
    service: 'Google Wallet',
    fields: ['service_account', 'issuer_id'],
    guide: 'https://developers.google.com/wallet/generic/getting-started/auth/rest',
  },
}

/** RFC 6266: a name of plain letters for all, and the name itself (RFC 8187) for those that read it. */
function disposition(name: string): string {
  const plain = name.replaceAll(/[^\w. ()-]/g, '_')
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`
}
