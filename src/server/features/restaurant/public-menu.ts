import type { Allergen } from '#contract/allergens.ts'
import type { ModifierGroup } from '#contract/menu-items.ts'
import type { PublicMenu } from '#contract/public-restaurant.ts'
import type { RestaurantSettings } from '#contract/restaurant-settings.ts'
import type { Db } from '../../db/schema.ts'
import type { DiningTableRow } from './table.ts'

/** Where a guest is: a business, and its table where they scanned one. */
export interface GuestPlace {
  businessId: string
  table: DiningTableRow | null
}

/** Undefined for a code that is unknown, replaced, or of a table that is not in use: nobody learns which. */
export async function findGuestPlace(
  db: Db,
  code: string | null | undefined,
  ownBusinessId: string,
): Promise<GuestPlace | undefined> {
  if (code === undefined || code === null) return { businessId: ownBusinessId, table: null }
  const table = await db
    .selectFrom('dining_tables')
    .selectAll()
    .where('code', '=', code)
    .where('is_active', '=', 1)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return table && { businessId: table.business_id, table }
}

/** The menu without what is the staff's: kitchen names, stations, ids of tills. */
export async function readPublicMenu(
  db: Db,
  { businessId, table }: GuestPlace,
  settings: RestaurantSettings,
): Promise<PublicMenu> {
  const business = await db
    .selectFrom('businesses')
    .select(['name', 'currency'])
    .where('id', '=', businessId)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('menu_items')
    .select([
      'id',
      'name',
      'description',
      'category',
      'price',
      'allergens',
      'modifier_groups',
      'is_available',
    ])
    .where('business_id', '=', businessId)
    .where('deleted_at', 'is', null)
    .orderBy('sort')
    .orderBy('id')
    .execute()
  return {
    business: { name: business.name, logo: settings.logo, locale: settings.locale },
    table: table && { name: table.name, area: table.area },
    currency: business.currency,
    guests_may_order: settings.guests_may_order,
    items: rows.map((row) => ({
      ...row,
      allergens: JSON.parse(row.allergens) as Allergen[],
      modifier_groups: JSON.parse(row.modifier_groups) as ModifierGroup[],
      is_available: row.is_available === 1,
    })),
  }
}
