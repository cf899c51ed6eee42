import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'

/** Who the history names for a call: the token, or the person at this device. */
export async function nameOfCaller(db: Db, { tokenId, userId }: Identity): Promise<string> {
  const named =
    tokenId === undefined
      ? await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst()
      : await db.selectFrom('api_tokens').select('name').where('id', '=', tokenId).executeTakeFirst()
  return named?.name.trim() || 'This device'
}
