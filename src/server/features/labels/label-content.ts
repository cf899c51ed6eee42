import type { ProductPassport } from '#contract/product-passports.ts'

/** What a label is made of: a passport is one. */
export type LabelSubject = Pick<ProductPassport, 'gtin' | 'lot' | 'serial' | 'digital_link'>

export interface LabelElement {
  ai: '01' | '10' | '21'
  value: string
}

/** The element strings of a passport's goods: GTIN, lot, serial number, in GS1's order. */
export function elementsOf({ gtin, lot, serial }: LabelSubject): LabelElement[] {
  const elements: LabelElement[] = [{ ai: '01', value: gtin }]
  if (lot) elements.push({ ai: '10', value: lot })
  if (serial) elements.push({ ai: '21', value: serial })
  return elements
}

/** One line of human readable interpretation: the AI in brackets, which are not in the symbol. */
export function hriOf({ ai, value }: LabelElement): string {
  return `(${ai}) ${value}`
}

/**
 * What the encoder is given: FNC1 in front says "GS1", and one ends each value of variable length that another
 * follows. Written so, and not in brackets, because a lot number may hold brackets itself.
 */
export function fnc1Text(elements: readonly LabelElement[]): string {
  const parts = elements.map(({ ai, value }, index) => {
    const isOpen = ai !== '01' && index < elements.length - 1
    return `${ai}${value}${isOpen ? '^FNC1' : ''}`
  })
  return `^FNC1${parts.join('')}`
}
