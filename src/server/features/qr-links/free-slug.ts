import { randomInt } from 'node:crypto'
import type { Db } from '../../db/schema.ts'

/** Without vowels no word can come out, without 0/o and 1/l/i nothing is read wrongly from paper. */
const alphabet = '23456789bcdfghjkmnpqrstvwxz'
const length = 7

/** A short random slug that is free in the business. */
export async function freeSlug(db: Db, businessId: string): Promise<string> {
  for (;;) {
    const slug = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
    const taken = await db
      .selectFrom('qr_links')
      .select('seq')
      .where('business_id', '=', businessId)
      .where('slug', '=', slug)
      .executeTakeFirst()
    if (!taken) return slug
  }
}
