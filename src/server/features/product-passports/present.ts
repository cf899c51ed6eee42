import type { PassportCore, ProductPassport } from '#contract/product-passports.ts'
import type { ProductPassportRow } from './table.ts'

/** Where the hosted service resolves Digital Links, as long as a business has set no domain of its own. */
const hostedDomain = 'qrscan.ink'

type Key = Pick<ProductPassportRow, 'gtin' | 'lot' | 'serial'>

/** The GS1 Digital Link of the goods, a URI of ASCII alone: `https://qrscan.ink/01/09506000134376/10/ABC`. */
function digitalLinkOf({ gtin, lot, serial }: Key, shortDomain: string | null): string {
  const lotPart = lot === '' ? '' : `/10/${encodeURIComponent(lot)}`
  const serialPart = serial === '' ? '' : `/21/${encodeURIComponent(serial)}`
  const host = URL.parse(`https://${shortDomain ?? hostedDomain}`)?.host ?? hostedDomain
  return `https://${host}/01/${gtin}${lotPart}${serialPart}`
}

/** A row as the contract names it. */
export function presentPassport(row: ProductPassportRow, shortDomain: string | null): ProductPassport {
  const { id, business_id, name, gtin, granularity, profile, status, revision, recall_id, scan_count } = row
  return {
    id,
    business_id,
    name,
    gtin,
    granularity,
    lot: row.lot || null,
    serial: row.serial || null,
    profile,
    status,
    core: JSON.parse(row.core) as PassportCore,
    extension: JSON.parse(row.extension) as Record<string, unknown>,
    links: JSON.parse(row.links) as ProductPassport['links'],
    digital_link: digitalLinkOf(row, shortDomain),
    revision,
    recall_id,
    scan_count,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
