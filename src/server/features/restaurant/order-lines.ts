import { allergens } from '#contract/allergens.ts'
import type { FieldErrors } from '#contract/errors.ts'
import type { ModifierGroup } from '#contract/menu-items.ts'
import type { NewOrderLine, OrderLine } from '#contract/order-intents.ts'
import { formatMoney } from './format-money.ts'
import type { MenuItemRow } from './table.ts'

/** Minor units; what a 32-bit integer column of PostgreSQL holds, with room. */
const largestTotal = 2_000_000_000

/** What lines are checked against. */
export interface Menu {
  /** The live items of the order's own business, by id. */
  items: ReadonlyMap<string, MenuItemRow>
  currency: string
  locale: string
  /** Stations that are there; an item of another goes to the default one. */
  stationIds: ReadonlySet<string>
}

type Modifier = OrderLine['modifiers'][number]
export type PricedLines = { lines: OrderLine[]; total: number } | { errors: FieldErrors }

/**
 * Checks ordered lines against the menu and prices them. A line that the order has already (`before`: same item,
 * choices and note) keeps what it was taken with, even when the menu has changed or the item has run out since.
 * Errors are keyed as Laravel keys them: `lines.0.menu_item_id`.
 */
export function priceLines(
  sent: readonly NewOrderLine[],
  menu: Menu,
  makeId: () => string,
  before: readonly OrderLine[] = [],
): PricedLines {
  const errors: FieldErrors = {}
  const left = [...before]
  const lines = sent.flatMap((line, at) => {
    const found = left.findIndex((old) => isSameLine(old, line))
    const [kept] = found < 0 ? [] : left.splice(found, 1)
    const priced = kept ? keepLine(kept, line, at, menu, errors) : priceLine(line, at, menu, makeId, errors)
    return priced ? [priced] : []
  })
  const total = lines.reduce((sum, line) => sum + line.total, 0)
  if (total > largestTotal && Object.keys(errors).length === 0) {
    errors['lines'] = [
      `One order cannot come to more than ${moneyIn(menu, largestTotal)}. Split it into several.`,
    ]
  }
  return Object.keys(errors).length > 0 ? { errors } : { lines, total }
}

function priceLine(
  line: NewOrderLine,
  at: number,
  menu: Menu,
  makeId: () => string,
  errors: FieldErrors,
): OrderLine | undefined {
  const path = `lines.${at}`
  const item = menu.items.get(line.menu_item_id)
  if (!item) {
    errors[`${path}.menu_item_id`] = ['This item is not on the menu any more. Load the menu again.']
    return undefined
  }
  if (item.is_available !== 1) {
    errors[`${path}.menu_item_id`] = [`${item.name} is not available at the moment.`]
    return undefined
  }
  refuseOtherPrice(line, item.name, item.price, path, menu, errors)
  const { modifiers, from } = chooseModifiers(line, item, path, errors)
  const unit = modifiers.reduce((sum, one) => sum + one.price * one.quantity, item.price)
  if (unit < 0)
    errors[`${path}.modifiers`] = [`${item.name} would cost less than nothing with these choices.`]
  return {
    id: makeId(),
    menu_item_id: item.id,
    name: item.name,
    kitchen_name: item.kitchen_name,
    quantity: line.quantity,
    unit_price: item.price,
    modifiers,
    allergens: allergensOf(item, from),
    note: line.note ?? null,
    station_id: item.station_id !== null && menu.stationIds.has(item.station_id) ? item.station_id : null,
    total: unit * line.quantity,
  }
}

/** As it was taken; only how many may change, and more only of what can be had. */
function keepLine(
  kept: OrderLine,
  line: NewOrderLine,
  at: number,
  menu: Menu,
  errors: FieldErrors,
): OrderLine {
  const path = `lines.${at}`
  const item = kept.menu_item_id === null ? undefined : menu.items.get(kept.menu_item_id)
  if (line.quantity > kept.quantity && item?.is_available !== 1) {
    errors[`${path}.quantity`] = [`No more of ${kept.name} can be had: it is not available at the moment.`]
  }
  if (line.unit_price !== item?.price) refuseOtherPrice(line, kept.name, kept.unit_price, path, menu, errors)
  const unit = kept.modifiers.reduce((sum, one) => sum + one.price * one.quantity, kept.unit_price)
  return { ...kept, quantity: line.quantity, total: unit * line.quantity }
}

function refuseOtherPrice(
  line: NewOrderLine,
  name: string,
  price: number,
  path: string,
  menu: Menu,
  errors: FieldErrors,
): void {
  if (line.unit_price === undefined || line.unit_price === price) return
  const [real, sent] = [moneyIn(menu, price), moneyIn(menu, line.unit_price)]
  errors[`${path}.unit_price`] = [`${name} costs ${real} on the menu, not ${sent}. Load the menu again.`]
}

interface Choices {
  modifiers: Modifier[]
  /** The options behind them, for their allergens. */
  from: ModifierGroup['options']
}

function chooseModifiers(line: NewOrderLine, item: MenuItemRow, path: string, errors: FieldErrors): Choices {
  const groups = JSON.parse(item.modifier_groups) as ModifierGroup[]
  const chosen = new Map<string, Modifier>()
  const from: ModifierGroup['options'] = []
  ;(line.modifiers ?? []).forEach(({ group_id, option_id, quantity = 1 }, at) => {
    const group = groups.find(({ id }) => id === group_id)
    const option = group?.options.find(({ id }) => id === option_id)
    const own = `${path}.modifiers.${at}`
    if (!group) errors[`${own}.group_id`] = [`${item.name} has no such choice.`]
    else if (!option) errors[`${own}.option_id`] = [`"${group.name}" of ${item.name} has no such option.`]
    else if (!option.is_available)
      errors[`${own}.option_id`] = [`${option.name} is not available at the moment.`]
    if (!group || !option) return
    const key = JSON.stringify([group_id, option_id])
    const before = chosen.get(key)?.quantity ?? 0
    chosen.set(key, {
      group_id,
      option_id,
      name: option.name,
      quantity: before + quantity,
      price: option.price,
    })
    from.push(option)
  })
  const modifiers = [...chosen.values()]
  const wrong = groups.flatMap((group) => countErrors(group, modifiers, item.name))
  if (wrong.length > 0) errors[`${path}.modifiers`] = wrong
  return { modifiers, from }
}

function countErrors(group: ModifierGroup, modifiers: readonly Modifier[], item: string): string[] {
  const count = modifiers
    .filter(({ group_id }) => group_id === group.id)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  if (count < group.min) return [`Choose at least ${group.min} of "${group.name}" for ${item}.`]
  if (count > group.max) return [`Choose at most ${group.max} of "${group.name}" for ${item}.`]
  return []
}

function allergensOf(item: MenuItemRow, options: ModifierGroup['options']): OrderLine['allergens'] {
  const own = JSON.parse(item.allergens) as OrderLine['allergens']
  const all = new Set([...own, ...options.flatMap((option) => option.allergens ?? [])])
  return allergens.filter((one) => all.has(one))
}

function isSameLine(old: OrderLine, line: NewOrderLine): boolean {
  return (
    old.menu_item_id === line.menu_item_id &&
    old.note === (line.note ?? null) &&
    choiceKey(old.modifiers) === choiceKey(line.modifiers ?? [])
  )
}

function choiceKey(modifiers: readonly { group_id: string; option_id: string; quantity?: number }[]): string {
  const counts = new Map<string, number>()
  for (const { group_id, option_id, quantity = 1 } of modifiers) {
    const key = JSON.stringify([group_id, option_id])
    counts.set(key, (counts.get(key) ?? 0) + quantity)
  }
  return JSON.stringify([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function moneyIn({ currency, locale }: Menu, minor: number): string {
  return formatMoney(minor, currency, locale)
}
