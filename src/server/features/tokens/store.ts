import type { Selectable } from 'kysely'
import type { NewToken, Token } from '#contract/tokens.ts'
import { normaliseTimestamp, timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { createTokenSecret } from '../../http/token-secret.ts'
import type { ApiTokensTable } from './table.ts'

export type TokenRow = Selectable<ApiTokensTable>

export function presentToken(row: TokenRow): Token {
  return { ...row, scopes: JSON.parse(row.scopes) as string[] }
}

/** Makes a token for a person. The plain text is returned once and kept nowhere. */
export async function insertToken(
  db: Db,
  userId: string,
  input: NewToken,
  now: number,
): Promise<{ row: TokenRow; plainText: string }> {
  const id = newId(now)
  const { plainText, hash, lastFour } = createTokenSecret(id)
  const row: TokenRow = {
    id,
    user_id: userId,
    business_id: input.business_id ?? null,
    name: input.name,
    kind: input.kind,
    scopes: JSON.stringify([...new Set(input.scopes)]),
    secret_hash: hash,
    last_four: lastFour,
    rate_per_minute: input.rate_per_minute ?? null,
    expires_at: input.expires_at ? (normaliseTimestamp(input.expires_at) ?? null) : null,
    revoked_at: null,
    last_used_at: null,
    created_at: timestamp(now),
  }
  await db.insertInto('api_tokens').values(row).execute()
  return { row, plainText }
}

/** A token sees only tokens of its owner, and when limited to one business only those of that business. */
export function tokensOf(db: Db, userId: string, limitedTo: string | null) {
  const query = db.selectFrom('api_tokens').where('user_id', '=', userId)
  return limitedTo === null ? query : query.where('business_id', '=', limitedTo)
}

export async function revoke(db: Db, row: TokenRow, now: number): Promise<void> {
  const revoked_at = row.revoked_at ?? timestamp(now)
  await db.updateTable('api_tokens').set({ revoked_at }).where('id', '=', row.id).execute()
}
