import type { Selectable } from 'kysely'

export interface BrandPresetsTable {
  id: string
  business_id: string
  version: number
  name: string
  /** JSON: an array of campaigns. */
  campaigns: string
  /** JSON: `QrStyle`. */
  style: string
  /** A `data:` address of a PNG or JPEG. */
  logo: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export type BrandPresetRow = Selectable<BrandPresetsTable>
