import { setImmediate } from 'node:timers/promises'
import { ValidationFailed } from '#contract/errors.ts'
import type { BundleRequest } from '#contract/export-bundles.ts'
import type { BundleSource } from './bundle-source.ts'
import { drawSheetSvg } from './draw-sheet-svg.ts'
import type { LabelFonts } from './label-fonts.ts'
import { readLogo, type LogoPicture } from '../../code-files/logo-picture.ts'
import { layOutLabel, type LabelDrawing } from './sheet-label.ts'
import { planSheets } from './sheet-layout.ts'
import { itemsOfPage, layOutPage } from './sheet-page.ts'

interface SheetPreview {
  svg: string
  page: number
  pages: number
  labels: number
}

/** A page (from 1; the last where it is beyond) as it would be printed. Throws 422 where the layout does not stand. */
export async function previewOf(
  request: BundleRequest,
  page: number,
  source: BundleSource,
  businessId: string,
  fonts: LabelFonts,
): Promise<SheetPreview> {
  const { layout } = request
  if (layout === undefined) {
    throw new ValidationFailed({
      layout: ['A preview needs a layout: name a label stock in layout.stock.'],
    })
  }
  const { total } = await source.measure(request, businessId)
  const plan = planSheets(layout, total)
  const pages = Math.max(1, plan.pages)
  const shown = Math.min(page, pages)
  const { from, to } = itemsOfPage(plan, shown - 1)
  const items = to > from ? await source.slice(request, businessId, from, to) : []
  const maker = { stock: plan.stock, layout, fonts }
  const drawings: LabelDrawing[] = []
  const pictureOf = keepLogos()
  for (const [offset, item] of items.entries()) {
    drawings.push(layOutLabel(maker, { ...item, picture: await pictureOf(item.logo) }, from + offset))
    // Some scripts take long to set, and a page may have two hundred labels: others get their turn between them.
    if (offset % 4 === 3) await setImmediate()
  }
  // A link that was deleted a moment ago leaves its label out.
  const present = { ...plan, labels: Math.min(plan.labels, (from + items.length) * plan.copies) }
  const drawn = layOutPage(present, layout, shown - 1, (index) => drawings[index - from]!)
  return { svg: drawSheetSvg(drawn), page: shown, pages, labels: plan.labels }
}

/** Reads each logo once. Throws 422 for one that is no picture. */
function keepLogos(): (address: string | null) => Promise<LogoPicture | undefined> {
  const known = new Map<string, Promise<LogoPicture>>()
  return async (address) => {
    if (address === null) return undefined
    const reading = known.get(address) ?? readLogo(address)
    known.set(address, reading)
    return reading.catch((error: unknown) => {
      throw new ValidationFailed({ preset_id: [(error as Error).message] })
    })
  }
}
