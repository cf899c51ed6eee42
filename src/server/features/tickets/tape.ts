import type { Bitmap } from './raster.ts'

/** Letters in one style, in cells of 12 × 24 dots times `width` and `height`. */
export interface TapeRun {
  text: string
  width: number
  height: number
  bold: boolean
  underline: boolean
  inverse: boolean
}

export type TapeAlign = 'start' | 'middle' | 'end'

/** What comes out one below the other. */
export type TapeItem =
  | { kind: 'text'; runs: TapeRun[]; align: TapeAlign }
  | { kind: 'picture'; bitmap: Bitmap; align: TapeAlign }
  | { kind: 'qr'; text: string; moduleDots: number; align: TapeAlign }
  | { kind: 'barcode'; symbology: number; text: string; align: TapeAlign }
  | { kind: 'feed'; dots: number }

/** One piece of paper, from cut to cut. */
export interface TapeTicket {
  items: TapeItem[]
  /** False for what came after the last cut. */
  isCut: boolean
}

/** What a printer makes of its bytes. */
export interface Tape {
  tickets: TapeTicket[]
  /** Kicks of the cash drawer: pin 0 or 1, milliseconds on and off. */
  pulses: { pin: number; on: number; off: number }[]
  /** Commands that the decoder does not know, with the offset of each. */
  unknown: { offset: number; bytes: string }[]
}

/** Every letter of a ticket, a line each, as they stand on paper. */
export function textOfTicket({ items }: TapeTicket): string {
  return items
    .flatMap((item) => {
      if (item.kind === 'text') return [item.runs.map(({ text }) => text).join('')]
      return item.kind === 'qr' ? [`[${item.text}]`] : []
    })
    .join('\n')
}
