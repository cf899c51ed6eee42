import { createHash, randomBytes } from 'node:crypto'
import type { ReplyOf } from '#contract/endpoint.ts'
import type { showPublicOrder } from '#contract/public-restaurant.ts'
import type { Db } from '../../db/schema.ts'

/** What a guest asks with how a request of theirs stands; 192 bits, of which the hash is kept. */
export function newReceipt(): { token: string; hash: string } {
  const token = randomBytes(24).toString('base64url')
  return { token, hash: hashReceipt(token) }
}

/** The guest's own order: its number and how it stands, and nothing of who works on it. */
export async function findReceipt(
  db: Db,
  token: string,
): Promise<ReplyOf<typeof showPublicOrder>['order_intent'] | undefined> {
  return db
    .selectFrom('order_intents')
    .select(['number', 'status', 'total', 'currency', 'placed_at', 'updated_at'])
    .where('receipt_hash', '=', hashReceipt(token))
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

function hashReceipt(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
