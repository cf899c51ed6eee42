import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'

const name = 'recall_device'

/** What this installation signs its entries with: made once, and the same for good. */
export async function deviceOf(db: Db, now: number): Promise<string> {
  const find = () => db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  const known = await find()
  if (known) return JSON.parse(known.value) as string
  await db
    .insertInto('settings')
    .values({ name, value: JSON.stringify(newId(now)) })
    .onConflict((c) => c.column('name').doNothing())
    .execute()
  return JSON.parse((await find())!.value) as string
}
