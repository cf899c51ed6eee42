import type { SheetLayout } from '#contract/export-bundles.ts'
import type { LabelDrawing } from './sheet-label.ts'
import { labelsOfPage, placeOf, type LabelPlace, type SheetPlan } from './sheet-layout.ts'

/** A page with everything on it, in millimetres from its top left. */
export interface SheetPage {
  plan: SheetPlan
  /** How far backgrounds reach over the edges of their labels. */
  bleed: number
  outlines: boolean
  labels: { place: LabelPlace; drawing: LabelDrawing }[]
  /** Lines to cut along: from x, y to x, y. */
  marks: readonly (readonly [number, number, number, number])[]
}

/** Which items a page (from 0) needs, as indices from `from` to before `to`. */
export function itemsOfPage(plan: SheetPlan, page: number): { from: number; to: number } {
  const { from, to } = labelsOfPage(plan, page)
  return { from: Math.floor(from / plan.copies), to: Math.ceil(to / plan.copies) }
}

/** Lays out a page; `drawingAt` is asked for what `itemsOfPage` names, once each. */
export function layOutPage(
  plan: SheetPlan,
  layout: SheetLayout,
  page: number,
  drawingAt: (index: number) => LabelDrawing,
): SheetPage {
  const { from, to, place } = labelsOfPage(plan, page)
  const labels: SheetPage['labels'] = []
  let last: { index: number; drawing: LabelDrawing } | undefined
  for (let label = from; label < to; label++) {
    const index = Math.floor(label / plan.copies)
    // Copies of one label carry one number: they name the same thing.
    if (last?.index !== index) last = { index, drawing: drawingAt(index) }
    labels.push({ place: placeOf(plan.stock, place + label - from), drawing: last.drawing })
  }
  return {
    plan,
    bleed: layout.bleed ?? 0,
    outlines: layout.outlines ?? false,
    labels,
    marks: layout.cut_marks === true ? cutMarks(plan, layout.bleed ?? 0) : [],
  }
}

/** How long a mark is, and how far it stays away from what is cut. */
const [markLength, markGap] = [3, 1]

/** Short lines in the margins, where each edge of a row or column of labels meets them. */
function cutMarks({ stock }: SheetPlan, bleed: number): SheetPage['marks'] {
  // Where backgrounds reach over the edge, marks begin beyond them.
  const gap = Math.max(markGap, bleed + 0.5)
  const edges = (from: number, count: number, pitch: number, label: number) => [
    ...new Set(
      Array.from({ length: count }, (_, index) => from + index * pitch).flatMap((at) => [
        round(at),
        round(at + label),
      ]),
    ),
  ]
  const xs = edges(stock.left, stock.columns, stock.pitch_x, stock.label_width)
  const ys = edges(stock.top, stock.rows, stock.pitch_y, stock.label_height)
  const [left, right, top, bottom] = [xs[0]!, xs.at(-1)!, ys[0]!, ys.at(-1)!]
  const marks: [number, number, number, number][] = []
  const spans = (near: number, far: number, end: number): [number, number][] => {
    const before: [number, number] = [Math.max(0, near - gap - markLength), near - gap]
    const after: [number, number] = [far + gap, Math.min(end, far + gap + markLength)]
    return [before, after].filter(([from, to]) => to - from > 0.5)
  }
  for (const x of xs) for (const [from, to] of spans(top, bottom, stock.height)) marks.push([x, from, x, to])
  for (const y of ys) for (const [from, to] of spans(left, right, stock.width)) marks.push([from, y, to, y])
  return marks
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
