import type { LabelSymbol } from '#contract/product-passports.ts'
import { drawLabel } from './draw-label.ts'
import type { LabelSubject } from './label-content.ts'
import type { LabelFormat } from './make-labels.ts'
import { writePdf } from './write-pdf.ts'
import { writePng } from './write-png.ts'
import { writeSvg } from './write-svg.ts'

/** A label's bytes; undefined where the goods cannot have that symbol. */
export async function labelBody(
  subject: LabelSubject,
  symbol: LabelSymbol,
  format: LabelFormat,
): Promise<Buffer | undefined> {
  const drawing = drawLabel(subject, symbol)
  if (!drawing) return undefined
  if (format === 'label_svg') return Buffer.from(writeSvg(drawing))
  return format === 'label_png' ? writePng(drawing) : writePdf(drawing)
}
