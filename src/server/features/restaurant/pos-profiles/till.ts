import type { PosHandoff } from '#contract/pos-handoff.ts'

/** An order in our own words, from which each till's are made. */
export type HandedOrder = Omit<PosHandoff, 'payload' | 'mapping' | 'acknowledged_at' | 'cursor'> & {
  /** The order's number of the day. */
  number: number
}
export type HandedLine = HandedOrder['lines'][number]

/** How one till wants an order (notes/printing.md, section 5.1, names where each form is documented). */
export interface Till {
  /** It takes no item without an id of its own. */
  demandsIds: boolean
  /** Whether a text can be such an id. */
  takesRef: (ref: string) => boolean
  write: (order: HandedOrder) => unknown
}

/** Drops what is null, as tills refuse a null where a field may be left out. */
export function withoutNulls<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> }
}

/** A text cut to what a till takes, with a sign that it was cut. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

/** Choices and note of a line in one text, for tills that take what they do not know as words. */
export function wordsOf(modifiers: HandedLine['modifiers'], note: string | null): string | null {
  const words = modifiers.map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`))
  return [...words, ...(note === null ? [] : [note])].join(', ') || null
}

export function pieces({ quantity }: Pick<HandedLine, 'quantity'>): number {
  return Math.round(Number(quantity))
}
