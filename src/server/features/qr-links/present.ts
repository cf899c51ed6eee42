import type { QrLink } from '#contract/qr-links.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import type { QrLinkRow } from './table.ts'

/** Where the hosted service redirects from, as long as a business has set no domain of its own. */
const hostedDomain = 'qrscan.ink'

/**
 * What a code of this link leads to. Never this machine's own address: a printed code must work on a guest's phone
 * (docs/decisions/0007-short-links.md).
 */
function shortUrl(slug: string, shortDomain: string | null): string {
  return `https://${shortDomain ?? hostedDomain}/r/${slug}`
}

/** A row as the contract names it. */
export function presentQrLink(row: QrLinkRow, shortDomain: string | null): QrLink {
  return {
    ...row,
    short_url: shortUrl(row.slug, shortDomain),
    tags: JSON.parse(row.tags) as string[],
    style: JSON.parse(row.style) as QrStyle,
    is_active: row.is_active === 1,
  }
}
