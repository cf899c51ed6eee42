import type { BrandPreset } from '#contract/brand-presets.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { BrandPresetRow } from './table.ts'

export interface PresetFields {
  name: string
  campaigns: string[]
  style: QrStyle
  logo: string | null
}

export function presentPreset({ version: _version, deleted_at: _gone, ...row }: BrandPresetRow): BrandPreset {
  return {
    ...row,
    campaigns: JSON.parse(row.campaigns) as string[],
    style: JSON.parse(row.style) as QrStyle,
  }
}

/** The presets of businesses that are there. */
export function presetsOf(db: Db, businessIds: readonly string[]) {
  return db
    .selectFrom('brand_presets')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .where('deleted_at', 'is', null)
}

export async function insertPreset(
  db: Db,
  businessId: string,
  fields: PresetFields,
  now: number,
): Promise<BrandPresetRow> {
  const at = timestamp(now)
  const row: BrandPresetRow = {
    id: newId(now),
    business_id: businessId,
    version: 1,
    ...columnsOf(fields),
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  await db.insertInto('brand_presets').values(row).execute()
  return row
}

export async function updatePreset(
  db: Db,
  row: BrandPresetRow,
  fields: PresetFields,
  now: number,
): Promise<BrandPresetRow> {
  const change = { ...columnsOf(fields), version: row.version + 1, updated_at: timestamp(now) }
  await db.updateTable('brand_presets').set(change).where('id', '=', row.id).execute()
  return { ...row, ...change }
}

export async function removePreset(db: Db, row: BrandPresetRow, now: number): Promise<void> {
  const change = { deleted_at: timestamp(now), version: row.version + 1 }
  await db.updateTable('brand_presets').set(change).where('id', '=', row.id).execute()
}

function columnsOf({ name, campaigns, style, logo }: PresetFields) {
  return { name, campaigns: JSON.stringify(campaigns), style: JSON.stringify(style), logo }
}

/** A preset of the business; undefined where there is no such one. */
export async function findLook(
  db: Db,
  id: string,
  businessId: string,
): Promise<{ style: QrStyle; logo: string | null } | undefined> {
  const row = await presetsOf(db, [businessId]).selectAll().where('id', '=', id).executeTakeFirst()
  return row && { style: JSON.parse(row.style) as QrStyle, logo: row.logo }
}

/** The look that the links of each campaign of a business take by themselves; the newest preset wins. */
export async function looksByCampaign(
  db: Db,
  businessId: string,
): Promise<Map<string, { style: QrStyle; logo: string | null }>> {
  const rows = await presetsOf(db, [businessId]).selectAll().orderBy('id').execute()
  const looks = new Map<string, { style: QrStyle; logo: string | null }>()
  for (const row of rows) {
    const look = { style: JSON.parse(row.style) as QrStyle, logo: row.logo }
    for (const campaign of JSON.parse(row.campaigns) as string[]) looks.set(campaign, look)
  }
  return looks
}
