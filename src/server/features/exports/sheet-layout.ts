import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { LabelStock, SheetLayout } from '#contract/export-bundles.ts'
import { labelStocks } from './label-stocks.ts'

/** A place on a page, in millimetres from the top left of the paper. */
export interface LabelPlace {
  x: number
  y: number
}

/** How many labels lie where, over all pages. */
export interface SheetPlan {
  stock: LabelStock
  /** Labels to be printed, copies counted. */
  labels: number
  pages: number
  /** Labels a page has room for. */
  perPage: number
  skip: number
  copies: number
}

/** What a rounded inch may lie beside the paper: a hundredth of a millimetre. */
const tolerance = 0.01

/** The smallest label that holds the smallest code of the smallest modules that phones read. */
const smallestLabel = 8

/**
 * Finds or makes the stock of a layout. Throws 422 with `layout.…` fields where it is not known, where labels would
 * overlap or leave the paper, or where no code could be read off them.
 */
function stockOf(layout: SheetLayout): LabelStock {
  if (layout.stock === 'own') return ownStock(layout)
  const known = labelStocks.find(({ id }) => id === layout.stock)
  if (known) return known
  throw new ValidationFailed({
    'layout.stock': [
      `There is no label stock "${layout.stock}". Choose one of the list, or "own" and give its sizes.`,
    ],
  })
}

function ownStock({ own }: SheetLayout): LabelStock {
  if (own === undefined) {
    throw new ValidationFailed({ 'layout.own': ['Give the sizes of your own sheet in layout.own.'] })
  }
  const errors = faultsOf(own)
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  return { id: 'own', name: 'Own sheet', paper: 'own', radius: 0, ...own }
}

/** What is wrong with sizes, by field. */
function faultsOf(own: NonNullable<SheetLayout['own']>): FieldErrors {
  const errors: FieldErrors = {}
  const say = (field: string, sentence: string) => {
    errors[`layout.own.${field}`] = [sentence]
  }
  for (const field of ['label_width', 'label_height'] as const) {
    if (own[field] < smallestLabel)
      say(field, `A label needs ${smallestLabel} mm for a code that phones read.`)
  }
  if (own.columns > 1 && own.pitch_x + tolerance < own.label_width) {
    say(
      'pitch_x',
      'Labels would overlap: from left edge to left edge (pitch_x) is less than a label is wide.',
    )
  }
  if (own.rows > 1 && own.pitch_y + tolerance < own.label_height) {
    say('pitch_y', 'Labels would overlap: from top edge to top edge (pitch_y) is less than a label is high.')
  }
  const right = own.left + (own.columns - 1) * own.pitch_x + own.label_width
  if (right > own.width + tolerance) {
    say('columns', `The labels end ${(right - own.width).toFixed(1)} mm beyond the paper's right edge.`)
  }
  const bottom = own.top + (own.rows - 1) * own.pitch_y + own.label_height
  if (bottom > own.height + tolerance) {
    say('rows', `The labels end ${(bottom - own.height).toFixed(1)} mm beyond the paper's lower edge.`)
  }
  return errors
}

/** Throws 422 where the layout does not stand. `codes` is how many different labels there are. */
export function planSheets(layout: SheetLayout, codes: number): SheetPlan {
  const stock = stockOf(layout)
  const perPage = stock.columns * stock.rows
  const { skip = 0, copies = 1, bleed = 0 } = layout
  const errors: FieldErrors = {}
  if (skip >= perPage) {
    errors['layout.skip'] = [`The first page has ${perPage} labels: leave fewer than that free.`]
  }
  const room = roomFor(stock)
  if (bleed > room + tolerance) {
    errors['layout.bleed'] = [
      `Backgrounds would run into the next label or off the paper: ${room.toFixed(1)} mm is the most here.`,
    ]
  }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  const labels = codes * copies
  const pages = labels === 0 ? 0 : Math.ceil((skip + labels) / perPage)
  return { stock, labels, pages, perPage, skip, copies }
}

/** How far a background may reach over a label's edge. Labels that touch may share their edge with the next. */
function roomFor(stock: LabelStock): number {
  const gaps = [
    stock.left,
    stock.top,
    stock.width - stock.left - (stock.columns - 1) * stock.pitch_x - stock.label_width,
    stock.height - stock.top - (stock.rows - 1) * stock.pitch_y - stock.label_height,
  ]
  if (stock.columns > 1) gaps.push((stock.pitch_x - stock.label_width) / 2)
  if (stock.rows > 1) gaps.push((stock.pitch_y - stock.label_height) / 2)
  return Math.max(0, Math.min(...gaps))
}

/** Where the nth place of a page lies, row by row. */
export function placeOf(stock: LabelStock, index: number): LabelPlace {
  const column = index % stock.columns
  const row = Math.floor(index / stock.columns)
  return { x: stock.left + column * stock.pitch_x, y: stock.top + row * stock.pitch_y }
}

/** Which labels a page (from 0) holds: `from` to before `to` of the labels, the first of them at place `place`. */
export function labelsOfPage(plan: SheetPlan, page: number): { from: number; to: number; place: number } {
  const from = Math.max(0, page * plan.perPage - plan.skip)
  const to = Math.min(plan.labels, (page + 1) * plan.perPage - plan.skip)
  return { from, to, place: page === 0 ? plan.skip : 0 }
}
