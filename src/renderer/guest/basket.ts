import type { Menu, MenuItem, OrderBody } from './guest-api.ts'

export interface Choice {
  group_id: string
  option_id: string
}

/** One line of the basket. Names and prices come from the menu each time, so that an old basket cannot show old ones. */
export interface BasketLine {
  menu_item_id: string
  quantity: number
  choices: Choice[]
  note: string
  /** What the guest saw when it went in. */
  unit_price: number
}

export const mostOfOne = 99
const mostLines = 60

/** Price of one with its choices, in minor units. */
export function unitPrice(item: MenuItem, choices: readonly Choice[]): number {
  return choices.reduce((sum, choice) => sum + (optionOf(item, choice)?.price ?? 0), item.price)
}

export function optionOf(item: MenuItem, { group_id, option_id }: Choice) {
  const group = item.modifier_groups.find(({ id }) => id === group_id)
  return group?.options.find(({ id }) => id === option_id)
}

/** The groups from which more has to be chosen. */
export function missingGroups(item: MenuItem, choices: readonly Choice[]) {
  return item.modifier_groups.filter(
    ({ id, min }) => choices.filter(({ group_id }) => group_id === id).length < min,
  )
}

/** Puts a line in; the same again counts up. */
export function addLine(lines: readonly BasketLine[], line: BasketLine): BasketLine[] {
  const same = lines.findIndex((one) => identity(one) === identity(line))
  if (same < 0) return lines.length < mostLines ? [...lines, line] : [...lines]
  return setQuantity(lines, same, lines[same]!.quantity + line.quantity)
}

/** Another number of a line; none takes it out. */
export function setQuantity(lines: readonly BasketLine[], at: number, quantity: number): BasketLine[] {
  if (quantity <= 0) return lines.filter((_, index) => index !== at)
  return lines.map((line, index) =>
    index === at ? { ...line, quantity: Math.min(quantity, mostOfOne) } : line,
  )
}

export interface ShownLine {
  line: BasketLine
  item: MenuItem | undefined
  options: string[]
  total: number
  /** Why it cannot be ordered as it is. */
  trouble: 'gone' | 'price' | undefined
}

/** The basket as the menu of now sees it. */
export function showLines(lines: readonly BasketLine[], menu: Menu): ShownLine[] {
  return lines.map((line) => {
    const item = menu.items.find(({ id }) => id === line.menu_item_id)
    const options = item ? line.choices.map((choice) => optionOf(item, choice)) : []
    const isGone =
      !item?.is_available ||
      options.some((option) => !option?.is_available) ||
      missingGroups(item, line.choices).length > 0
    const price = item ? unitPrice(item, line.choices) : line.unit_price
    return {
      line,
      item,
      options: options.flatMap((option) => option?.name ?? []),
      total: price * line.quantity,
      trouble: isGone ? 'gone' : price === line.unit_price ? undefined : 'price',
    }
  })
}

/** The lines as the contract has them. */
export function orderLines(lines: readonly BasketLine[], menu: Menu): OrderBody['lines'] {
  return lines.map(({ menu_item_id, quantity, choices, note }) => {
    const item = menu.items.find(({ id }) => id === menu_item_id)
    return {
      menu_item_id,
      quantity,
      ...(item && { unit_price: item.price }),
      modifiers: choices.map(({ group_id, option_id }) => ({ group_id, option_id })),
      ...(note.trim() !== '' && { note: note.trim() }),
    }
  })
}

function identity({ menu_item_id, choices, note }: BasketLine): string {
  const chosen = choices.map(({ group_id, option_id }) => `${group_id} ${option_id}`)
  return JSON.stringify([menu_item_id, chosen.toSorted(), note.trim()])
}
