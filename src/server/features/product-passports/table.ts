import type { Selectable } from 'kysely'
import type { ProductPassport } from '#contract/product-passports.ts'

export interface ProductPassportsTable {
  id: string
  business_id: string
  name: string
  /** 14 digits. */
  gtin: string
  granularity: ProductPassport['granularity']
  /** Empty where the passport is not of one lot or item. */
  lot: string
  serial: string
  profile: ProductPassport['profile']
  status: ProductPassport['status']
  /** JSON of `PassportCore`. */
  core: string
  /** JSON object, the profile's fields. */
  extension: string
  /** JSON array of links. */
  links: string
  revision: number
  recall_id: string | null
  recall_mode: 'redirect' | 'interstitial' | 'banner' | null
  recall_from: string | null
  recall_to: string | null
  scan_count: number
  version: number
  created_at: string
  updated_at: string
}
export type ProductPassportRow = Selectable<ProductPassportsTable>

export interface PassportRevisionsTable {
  product_passport_id: string
  revision: number
  /** JSON of the whole passport as it was. */
  content: string
  by: string
  created_at: string
}

export interface PassportScansTable {
  id: string
  product_passport_id: string
  scanned_at: string
  lot: string | null
  serial: string | null
  link_type: string | null
  verdict: string | null
  device: string
  language: string | null
}
