import type { MenuItem, ModifierGroup } from '#contract/menu-items.ts'
import type { NewOrderIntent, NewOrderLine, OrderIntent, ServiceType } from '#contract/order-intents.ts'

/** How often each option is chosen, by group and option. */
export type Chosen = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface DraftLine {
  key: string
  item: MenuItem
  quantity: number
  chosen: Chosen
  note: string
}

/** An order while somebody types it in. */
export interface OrderDraft {
  serviceType: ServiceType
  tableId: string | null
  guests: string
  name: string
  phone: string
  notes: string
  lines: readonly DraftLine[]
}

export const emptyDraft: OrderDraft = {
  serviceType: 'dine_in',
  tableId: null,
  guests: '',
  name: '',
  phone: '',
  notes: '',
  lines: [],
}

const mostOfALine = 99

/** Minor units of one piece: the item with what was chosen for it. */
export function priceOfOne({ item, chosen }: Pick<DraftLine, 'item' | 'chosen'>): number {
  const extras = item.modifier_groups.flatMap((group) =>
    group.options.map((option) => option.price * (chosen[group.id]?.[option.id] ?? 0)),
  )
  return extras.reduce((sum, extra) => sum + extra, item.price)
}

export function totalOf(lines: readonly DraftLine[]): number {
  return lines.reduce((sum, line) => sum + priceOfOne(line) * line.quantity, 0)
}

export function countChosen(group: ModifierGroup, chosen: Chosen): number {
  return Object.values(chosen[group.id] ?? {}).reduce((sum, count) => sum + count, 0)
}

/** The groups of an item that still want a choice, or have too many. */
export function openGroups({ item, chosen }: Pick<DraftLine, 'item' | 'chosen'>): ModifierGroup[] {
  return item.modifier_groups.filter((group) => {
    const count = countChosen(group, chosen)
    return count < group.min || count > group.max
  })
}

/** Touching an option: where only one may be chosen it takes the place of the other, else it comes or goes. */
export function toggleOption(group: ModifierGroup, chosen: Chosen, optionId: string): Chosen {
  const before = chosen[group.id] ?? {}
  const { [optionId]: count = 0, ...others } = before
  if (count > 0) return { ...chosen, [group.id]: others }
  if (group.max === 1) return { ...chosen, [group.id]: { [optionId]: 1 } }
  return countChosen(group, chosen) >= group.max
    ? chosen
    : { ...chosen, [group.id]: { ...before, [optionId]: 1 } }
}

/** Adds to a line that is the same in everything, else a line of its own. */
export function addLine(draft: OrderDraft, line: DraftLine): OrderDraft {
  const same = draft.lines.find((one) => sameChoice(one, line))
  if (!same) return { ...draft, lines: [...draft.lines, line] }
  return setQuantity(draft, same.key, same.quantity + line.quantity)
}

function sameChoice(a: DraftLine, b: DraftLine): boolean {
  return a.item.id === b.item.id && a.note === b.note && choiceText(a) === choiceText(b)
}

function choiceText(line: DraftLine): string {
  return JSON.stringify(modifiersOf(line))
}

/** A quantity of 0 takes the line away; nothing goes above 99. */
export function setQuantity(draft: OrderDraft, key: string, quantity: number): OrderDraft {
  const lines = draft.lines.flatMap((line) => {
    if (line.key !== key) return [line]
    return quantity <= 0 ? [] : [{ ...line, quantity: Math.min(quantity, mostOfALine) }]
  })
  return { ...draft, lines }
}

/** Puts a changed line where it was, or adds it. */
export function putLine(draft: OrderDraft, line: DraftLine): OrderDraft {
  if (!draft.lines.some(({ key }) => key === line.key)) return addLine(draft, line)
  return { ...draft, lines: draft.lines.map((one) => (one.key === line.key ? line : one)) }
}

/** The options chosen, in the menu's order. */
export function modifiersOf({ item, chosen }: Pick<DraftLine, 'item' | 'chosen'>) {
  return item.modifier_groups.flatMap((group) =>
    group.options.flatMap((option) => {
      const quantity = chosen[group.id]?.[option.id] ?? 0
      return quantity > 0 ? [{ group_id: group.id, option_id: option.id, quantity, name: option.name }] : []
    }),
  )
}

/** Lines as the API takes them. The price goes along, so that one changed meanwhile is noticed. */
export function bodyLinesOf(lines: readonly DraftLine[]): NewOrderLine[] {
  return lines.map((line) => ({
    menu_item_id: line.item.id,
    quantity: line.quantity,
    unit_price: line.item.price,
    modifiers: modifiersOf(line).map(({ group_id, option_id, quantity }) => ({
      group_id,
      option_id,
      quantity,
    })),
    note: line.note.trim() || null,
  }))
}

export function fieldsOf(draft: OrderDraft) {
  const guests = Number.parseInt(draft.guests, 10)
  const isHere = draft.serviceType === 'dine_in'
  return {
    service_type: draft.serviceType,
    table_id: isHere ? draft.tableId : null,
    guest_count: isHere && guests > 0 ? guests : null,
    customer_name: draft.name.trim() || null,
    customer_phone: draft.phone.trim() || null,
    notes: draft.notes.trim() || null,
  }
}

export function newOrderOf(draft: OrderDraft, business_id: string, accept: boolean): NewOrderIntent {
  return { business_id, ...fieldsOf(draft), lines: bodyLinesOf(draft.lines), accept }
}

/** An order made into a draft to change it, and the names of lines that the menu no longer has. */
export function draftOfOrder(
  order: OrderIntent,
  menu: readonly MenuItem[],
): { draft: OrderDraft; gone: string[] } {
  const gone: string[] = []
  const lines = order.lines.flatMap((line): DraftLine[] => {
    const item = menu.find(({ id }) => id === line.menu_item_id)
    if (!item) {
      gone.push(line.name)
      return []
    }
    const chosen: Record<string, Record<string, number>> = {}
    for (const { group_id, option_id, quantity } of line.modifiers)
      chosen[group_id] = { ...chosen[group_id], [option_id]: quantity }
    return [{ key: line.id, item, quantity: line.quantity, chosen, note: line.note ?? '' }]
  })
  const draft: OrderDraft = {
    serviceType: order.service_type,
    tableId: order.table_id,
    guests: order.guest_count === null ? '' : String(order.guest_count),
    name: order.customer_name ?? '',
    phone: order.customer_phone ?? '',
    notes: order.notes ?? '',
    lines,
  }
  return { draft, gone }
}
