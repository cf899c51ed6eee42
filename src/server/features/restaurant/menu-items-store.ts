import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { changeMenuItem, createMenuItem, MenuItem, ModifierGroup } from '#contract/menu-items.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { foldText } from './fold-text.ts'
import { given } from './given.ts'
import type { MenuItemRow } from './table.ts'

type NewItem = Omit<BodyOf<typeof createMenuItem>, 'business_id'>
type ItemChange = BodyOf<typeof changeMenuItem>

export function presentMenuItem(row: MenuItemRow, currency: string): MenuItem {
  return {
    ...row,
    currency,
    allergens: JSON.parse(row.allergens) as MenuItem['allergens'],
    modifier_groups: JSON.parse(row.modifier_groups) as ModifierGroup[],
    pos_refs: JSON.parse(row.pos_refs) as Record<string, string>,
    is_available: row.is_available === 1,
  }
}

/** The live items of businesses, by category (those without one last) and their order in it. */
export async function menuOf(db: Db, businessIds: readonly string[]): Promise<MenuItemRow[]> {
  if (businessIds.length === 0) return []
  const rows = await db
    .selectFrom('menu_items')
    .selectAll()
    .where('business_id', 'in', businessIds)
    .where('deleted_at', 'is', null)
    .orderBy('sort')
    .orderBy('id')
    .execute()
  // Sorting is stable: within a category the order above stays.
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  return rows.toSorted((a, b) => {
    if (a.category === null || b.category === null)
      return Number(a.category === null) - Number(b.category === null)
    return order.compare(a.category, b.category)
  })
}

/** What a person means who types a text or picks a category. */
export function matchesMenu(row: MenuItemRow, search: string, category: string | undefined): boolean {
  if (category !== undefined && row.category !== category) return false
  const text = [row.name, row.kitchen_name, row.category, row.description].filter((part) => part !== null)
  return foldText(text.join('\n')).includes(search)
}

/** Items by id, also those taken off the menu: an order keeps naming them. */
export async function itemsById(db: Db, ids: readonly string[]): Promise<Map<string, MenuItemRow>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('menu_items').selectAll().where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertMenuItem(
  db: Db,
  businessId: string,
  input: NewItem,
  now: number,
): Promise<MenuItemRow> {
  const at = timestamp(now)
  const row: MenuItemRow = {
    id: newId(now),
    business_id: businessId,
    version: 1,
    name: input.name,
    kitchen_name: null,
    description: null,
    category: null,
    price: input.price,
    station_id: null,
    allergens: '[]',
    modifier_groups: '[]',
    pos_refs: '{}',
    is_available: 1,
    sort: 0,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    ...columnsOf(input),
  }
  await refuseWrongItem(db, row)
  await db.insertInto('menu_items').values(row).execute()
  return row
}

export async function updateMenuItem(
  db: Db,
  row: MenuItemRow,
  change: ItemChange,
  now: number,
): Promise<MenuItemRow> {
  const next: MenuItemRow = {
    ...row,
    ...columnsOf(change),
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  await refuseWrongItem(db, next)
  await db.updateTable('menu_items').set(next).where('id', '=', row.id).execute()
  return next
}

export async function removeMenuItem(db: Db, row: MenuItemRow, now: number): Promise<void> {
  const deleted_at = timestamp(now)
  await db
    .updateTable('menu_items')
    .set({ deleted_at, updated_at: deleted_at, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
}

function columnsOf(input: ItemChange): Partial<MenuItemRow> {
  const { allergens, modifier_groups, pos_refs, is_available, ...plain } = input
  return {
    ...given(plain),
    ...(allergens && { allergens: JSON.stringify(allergens) }),
    ...(modifier_groups && { modifier_groups: JSON.stringify(modifier_groups) }),
    ...(pos_refs && { pos_refs: JSON.stringify(pos_refs) }),
    ...(is_available !== undefined && { is_available: is_available ? 1 : 0 }),
  }
}

async function refuseWrongItem(db: Db, row: MenuItemRow): Promise<void> {
  const errors: FieldErrors = {}
  if (row.station_id !== null) {
    const station = await db
      .selectFrom('stations')
      .select('id')
      .where('id', '=', row.station_id)
      .where('business_id', '=', row.business_id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (!station) errors['station_id'] = ['The selected station id is invalid.']
  }
  Object.assign(errors, groupErrors(JSON.parse(row.modifier_groups) as ModifierGroup[]))
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
}

/** Orders name groups and options by id, so an id must mean one thing; and a question must have an answer. */
function groupErrors(groups: readonly ModifierGroup[]): FieldErrors {
  const errors: FieldErrors = {}
  const seen = new Set<string>()
  groups.forEach((group, at) => {
    const path = `modifier_groups.${at}`
    if (seen.has(group.id))
      errors[`${path}.id`] = [`Two groups have the id "${group.id}". Give each its own.`]
    seen.add(group.id)
    if (group.max < group.min) {
      errors[`${path}.max`] = [
        `"${group.name}" cannot ask for at least ${group.min} and at most ${group.max}.`,
      ]
    }
    const options = new Set<string>()
    group.options.forEach(({ id }, index) => {
      if (options.has(id)) {
        errors[`${path}.options.${index}.id`] = [
          `Two options of "${group.name}" have the id "${id}". Give each its own.`,
        ]
      }
      options.add(id)
    })
  })
  return errors
}
