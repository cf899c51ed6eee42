import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import * as contract from '#contract/restaurant-settings.ts'
import type { RestaurantSettings } from '#contract/restaurant-settings.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { Mount } from '../../http/mount.ts'
import { businessOfCall } from './caller-businesses.ts'
import { given } from './given.ts'

const plain: RestaurantSettings = {
  ticket_lines: [],
  ticket_footer: null,
  logo: null,
  locale: 'en',
  guest_ticket_station_id: null,
  ticket_qr_url: null,
  guests_may_order: true,
  auto_accept: false,
  day_starts_at: 4,
  amber_after_minutes: 10,
  red_after_minutes: 20,
}

/** What a business has set, over what holds until it sets anything. */
export async function settingsOf(db: Db, businessId: string): Promise<RestaurantSettings> {
  const row = await db
    .selectFrom('restaurant_settings')
    .select('settings')
    .where('business_id', '=', businessId)
    .executeTakeFirst()
  return row ? { ...plain, ...(JSON.parse(row.settings) as Partial<RestaurantSettings>) } : { ...plain }
}

export async function changeSettingsOf(
  db: Db,
  businessId: string,
  change: Partial<RestaurantSettings>,
  now: number,
): Promise<RestaurantSettings> {
  const settings = { ...(await settingsOf(db, businessId)), ...change }
  await refuseWrongSettings(db, businessId, settings, change)
  const values = { settings: JSON.stringify(settings), updated_at: timestamp(now) }
  await db
    .insertInto('restaurant_settings')
    .values({ business_id: businessId, ...values })
    .onConflict((c) => c.column('business_id').doUpdateSet(values))
    .execute()
  return settings
}

async function refuseWrongSettings(
  db: Db,
  businessId: string,
  settings: RestaurantSettings,
  change: Partial<RestaurantSettings>,
): Promise<void> {
  const errors: FieldErrors = {}
  if (!isLocale(settings.locale)) errors['locale'] = ['The locale must be a language tag such as en-GB.']
  if (settings.logo !== null && !isPng(settings.logo)) {
    errors['logo'] = ['The logo must be a PNG picture, as base64.']
  }
  if (settings.red_after_minutes < settings.amber_after_minutes) {
    errors['red_after_minutes'] = ['An order cannot turn red before it turns amber.']
  }
  // One that was removed since must not keep other settings from being saved.
  if (change.guest_ticket_station_id) {
    const station = await db
      .selectFrom('stations')
      .select('id')
      .where('id', '=', change.guest_ticket_station_id)
      .where('business_id', '=', businessId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (!station) errors['guest_ticket_station_id'] = ['The selected guest ticket station id is invalid.']
  }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** PNG, third edition, 5.2: the signature. Whoever draws it reads the rest. */
function isPng(base64: string): boolean {
  const start = Buffer.from(base64.slice(0, 12), 'base64').subarray(0, 8)
  return start.toString('hex') === '89504e470d0a1a0a' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
}

export function serveSettings(mount: Mount): void {
  mount(contract.showRestaurantSettings, {
    handle: async (call) => {
      const business = await businessOfCall(call, call.query.business_id)
      return { restaurant_settings: await settingsOf(call.db, business.id) }
    },
  })
  mount(contract.changeRestaurantSettings, {
    handle: async (call) => {
      const { business_id: sent, ...change } = call.body
      const { id: business_id } = await businessOfCall(call, sent)
      const now = call.context.clock()
      const restaurant_settings = await changeSettingsOf(call.db, business_id, given(change), now)
      // The menu's page shows the logo and whether guests may order.
      call.afterCommit(() => call.context.events.emit({ type: 'menu.changed', business_id }))
      return { restaurant_settings }
    },
  })
}
