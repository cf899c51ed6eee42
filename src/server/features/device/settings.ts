import type { Settings } from '#contract/device.ts'
import type { Db } from '../../db/schema.ts'

/** What the operator has set; names that were never set are absent. */
export async function loadSettings(db: Db): Promise<Partial<Settings>> {
  const rows = await db
    .selectFrom('settings')
    .selectAll()
    .where('name', 'in', ['throttles', 'port'])
    .execute()
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
}

export async function saveSetting(db: Db, name: keyof Settings, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await db
    .insertInto('settings')
    .values({ name, value: text })
    .onConflict((c) => c.column('name').doUpdateSet({ value: text }))
    .execute()
}
