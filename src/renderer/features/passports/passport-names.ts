import type {
  ExportFormat,
  Granularity,
  LabelSymbol,
  PassportProfile,
  PassportStatus,
} from '#contract/product-passports.ts'
import type { MessageId } from '../../lib/translate.ts'

interface Named<K> {
  id: K
  name: MessageId
}

export const granularityNames: readonly Named<Granularity>[] = [
  { id: 'model', name: 'passports.granularity.model' },
  { id: 'lot', name: 'passports.granularity.lot' },
  { id: 'item', name: 'passports.granularity.item' },
]

export const profileNames: readonly Named<PassportProfile>[] = [
  { id: 'general', name: 'passports.profile.general' },
  { id: 'battery', name: 'passports.profile.battery' },
  { id: 'textile', name: 'passports.profile.textile' },
  { id: 'electronics', name: 'passports.profile.electronics' },
  { id: 'food', name: 'passports.profile.food' },
  { id: 'construction', name: 'passports.profile.construction' },
]

export const statusNames: Record<PassportStatus, MessageId> = {
  draft: 'passports.draft',
  published: 'passports.published',
  archived: 'passports.archived',
}

export const symbolNames: Record<LabelSymbol, MessageId> = {
  gs1_datamatrix: 'passports.symbol.gs1_datamatrix',
  qr_digital_link: 'passports.symbol.qr_digital_link',
  ean: 'passports.symbol.ean',
  gs1_128: 'passports.symbol.gs1_128',
}

/** Labels are saved beside their picture. */
export const formatNames: Record<
  Exclude<ExportFormat, 'label_svg' | 'label_png' | 'label_pdf'>,
  MessageId
> = {
  html: 'passports.format.html',
  pdf: 'passports.format.pdf',
  json: 'passports.format.json',
  jsonld: 'passports.format.jsonld',
  untp: 'passports.format.untp',
  epcis: 'passports.format.epcis',
  linkset: 'passports.format.linkset',
  csv: 'passports.format.csv',
  zip: 'passports.format.zip',
}

/** `electric_vehicle` as words. */
export function wordsOf(id: string): string {
  const words = id.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
