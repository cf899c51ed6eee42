import type { LabelSymbol } from '#contract/product-passports.ts'
import { elementsOf, type LabelSubject } from './label-content.ts'

export type LabelFormat = 'label_svg' | 'label_png' | 'label_pdf'

export interface LabelFile {
  format: LabelFormat
  symbol: LabelSymbol
  media_type: 'image/svg+xml' | 'image/png' | 'application/pdf'
  /** `09506000134376-lot-ABC-gs1-datamatrix.svg`, of letters, digits, `-` and `_`. */
  filename: string
  body: Buffer
}

const endings = { label_svg: 'svg', label_png: 'png', label_pdf: 'pdf' } as const
const mediaTypes = {
  label_svg: 'image/svg+xml',
  label_png: 'image/png',
  label_pdf: 'application/pdf',
} as const
const symbols: readonly LabelSymbol[] = ['gs1_datamatrix', 'qr_digital_link', 'ean', 'gs1_128']

/** The label in one symbol and format; undefined where the goods cannot have it (an EAN of a GTIN-14). */
export async function makeLabel(
  subject: LabelSubject,
  symbol: LabelSymbol,
  format: LabelFormat,
): Promise<LabelFile | undefined> {
  // The encoders are two megabytes of script: the server starts without them.
  const { labelBody } = await import('./label-body.ts')
  const body = await labelBody(subject, symbol, format)
  if (!body) return undefined
  const filename = `${nameOf(subject)}-${symbol.replaceAll('_', '-')}.${endings[format]}`
  return { format, symbol, media_type: mediaTypes[format], filename, body }
}

/** Every label that the goods can have, in all three formats. */
export async function makeLabels(subject: LabelSubject): Promise<LabelFile[]> {
  const files: LabelFile[] = []
  for (const symbol of symbols) {
    for (const format of Object.keys(endings) as LabelFormat[]) {
      const file = await makeLabel(subject, symbol, format)
      if (file) files.push(file)
    }
  }
  return files
}

const names = { '01': '', '10': '-lot-', '21': '-item-' } as const

function nameOf(subject: LabelSubject): string {
  const parts = elementsOf(subject).map(({ ai, value }) => names[ai] + value)
  return parts.join('').replaceAll(/[^A-Za-z0-9_-]/g, '_')
}
