import type { LabelSymbol } from '#contract/product-passports.ts'
import { drawEan } from './draw-ean.ts'
import { drawGs1128 } from './draw-gs1-128.ts'
import { encodeMatrix } from './encode-symbols.ts'
import { elementsOf, fnc1Text, hriOf, type LabelSubject } from './label-content.ts'
import { stack, type LabelDrawing } from './label-drawing.ts'

/** What GS1 General Specifications aim at for 2D codes at a till: 0.375 to 0.990 are allowed. */
const matrixModuleMm = 0.625
/** Modules of light that ISO/IEC 16022 and 18004 ask for. */
const quietZones = { datamatrix: 1, qrcode: 4 } as const

/** GS1's characters for lots and serial numbers (General Specifications, table 7.11-1: set 82). */
const set82 = /^[!"%-?A-Z_a-z]{1,20}$/

/**
 * The label of a symbol; undefined where the goods cannot have it: an EAN of a GTIN-14, a lot that GS1 has no
 * characters for.
 */
export function drawLabel(subject: LabelSubject, symbol: LabelSymbol): LabelDrawing | undefined {
  const elements = elementsOf(subject)
  if (symbol === 'ean') return drawEan(subject.gtin)
  if (!elements.every(({ value }) => set82.test(value))) return undefined
  if (symbol === 'gs1_128') return drawGs1128(elements)
  const lines = elements.map(hriOf)
  const block =
    symbol === 'gs1_datamatrix'
      ? encodeMatrix('datamatrix', fnc1Text(elements), 'parsefnc', quietZones.datamatrix)
      : encodeMatrix('qrcode', subject.digital_link, 'eclevel=M', quietZones.qrcode)
  return stack(matrixModuleMm, lines.join(' '), [{ block, lines }])
}
