import { createHash, randomBytes } from 'node:crypto'
import { ValidationFailed } from '#contract/errors.ts'
import type { RcaptchaChallenge, RcaptchaForm } from '#contract/rcaptcha.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { difficulty, solves } from './proof.ts'

const minute = 60_000
const solveWithin = 5 * minute
const spendWithin = 10 * minute
/** Ended rows that go with each new challenge: more than one comes, so they die out, and no call waits for many. */
const sweptAtOnce = 50

/** A new challenge for a form, good for five minutes. */
export async function issueChallenge(db: Db, form: RcaptchaForm, now: number): Promise<RcaptchaChallenge> {
  await sweep(db, now)
  const row = {
    id: newId(now),
    form,
    salt: randomBytes(16).toString('base64url'),
    difficulty,
    expires_at: timestamp(now + solveWithin),
  }
  await db.insertInto('rcaptcha_challenges').values(row).execute()
  return { ...row, algorithm: 'SHA-256' }
}

async function sweep(db: Db, now: number): Promise<void> {
  const ended = db
    .selectFrom('rcaptcha_challenges')
    .select('id')
    .where('expires_at', '<=', timestamp(now))
    .orderBy('expires_at')
    .limit(sweptAtOnce)
  await db.deleteFrom('rcaptcha_challenges').where('id', 'in', ended).execute()
}

/**
 * The one token of a solved challenge, good for ten minutes; only its hash is kept. Throws 422: under `nonce` for
 * work that is not done, under `challenge_id` for a challenge that is unknown, ended or solved already.
 */
export async function solveChallenge(
  db: Db,
  { id, nonce }: { id: string; nonce: string },
  now: number,
): Promise<{ token: string; expires_at: string }> {
  const row = await db
    .selectFrom('rcaptcha_challenges')
    .select(['salt', 'difficulty'])
    .where('id', '=', id)
    .where('solved_at', 'is', null)
    .where('expires_at', '>', timestamp(now))
    .executeTakeFirst()
  if (!row) throw unknownChallenge()
  if (!solves(row.salt, nonce, row.difficulty)) {
    throw new ValidationFailed({ nonce: ['The nonce does not solve the challenge.'] })
  }
  const token = randomBytes(32).toString('base64url')
  const expires_at = timestamp(now + spendWithin)
  // Asked again while writing: of two that solve it at the same time one gets the token.
  const { numUpdatedRows } = await db
    .updateTable('rcaptcha_challenges')
    .set({ solved_at: timestamp(now), token_hash: hashToken(token), expires_at })
    .where('id', '=', id)
    .where('solved_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw unknownChallenge()
  return { token, expires_at }
}

/**
 * Spends a token on its form, in the form's own transaction: where the form is refused after this, the token is
 * still good. Throws one 422 under `rcaptcha_token` for unknown, ended, spent and another form's.
 */
export async function spendToken(trx: Db, token: string, form: RcaptchaForm, now: number): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('rcaptcha_challenges')
    .set({ used_at: timestamp(now) })
    .where('token_hash', '=', hashToken(token))
    .where('form', '=', form)
    .where('used_at', 'is', null)
    .where('expires_at', '>', timestamp(now))
    .executeTakeFirst()
  if (numUpdatedRows === 1n) return
  throw new ValidationFailed({
    rcaptcha_token: ['The rcaptcha token is invalid or was used before. Ask for a new challenge.'],
  })
}

function unknownChallenge(): ValidationFailed {
  return new ValidationFailed({ challenge_id: ['The selected challenge id is invalid.'] })
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
