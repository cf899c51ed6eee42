import type { TicketKind } from '#contract/ticket.ts'

export type CharacterSize = 1 | 2 | 3 | 4
export type Align = 'left' | 'center' | 'right'

/**
 * One piece of a row with a place of its own. Each is encoded or drawn alone, so that text running from right to
 * left can never move the price beside it.
 */
export interface LayoutCell {
  /** Cleaned of control characters, never wider than its place. */
  text: string
  /** Where its place begins and how wide it is, in characters of the row's own size. */
  column: number
  columns: number
  align: Align
}

/** One printed row: what did not fit was wrapped into rows of its own. */
export interface TextRow {
  kind: 'text'
  cells: readonly LayoutCell[]
  /** How many times as wide and high as font A. */
  width: CharacterSize
  height: CharacterSize
  bold: boolean
  /** White on black over the whole row. */
  inverse: boolean
}

export type LayoutBlock =
  | TextRow
  | { kind: 'rule'; double: boolean }
  /** PNG as base64. */
  | { kind: 'logo'; png: string }
  | { kind: 'qr'; text: string }
  | { kind: 'feed'; rows: number }

/** A ticket laid out for paper of so many columns: from it come the printer's bytes, the text and the page. */
export interface Layout {
  kind: TicketKind
  /** Characters of font A in a row. */
  columns: number
  /** BCP 47: which of the forms of a Chinese character is drawn. */
  locale: string
  blocks: readonly LayoutBlock[]
}
