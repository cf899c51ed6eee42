import type { ExportFormat, LabelSymbol, ProductPassport } from '#contract/product-passports.ts'
import type { RecallAction } from '#contract/recall-actions.ts'

/** Everything that exports are made of; the same subject gives the same bytes. */
export interface ExportSubject {
  passport: ProductPassport
  business: { id: string; name: string }
  /** Whether a recall in earnest overrides it: an exercise is not told to the world. */
  isRecalled: boolean
  /** The record of its recalls in earnest, the oldest first. */
  actions: readonly RecallAction[]
}

export interface ExportFile {
  format: ExportFormat
  /** Of a label. */
  symbol?: LabelSymbol
  media_type: string
  filename: string
  body: Buffer
}

/** `09506000134376-lot-ABC`, of letters, digits, `-` and `_`. */
export function fileStemOf({ gtin, lot, serial }: ProductPassport): string {
  const text = `${gtin}${lot ? `-lot-${lot}` : ''}${serial ? `-item-${serial}` : ''}`
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '_')
}
