import { createHash } from 'node:crypto'
import type { RecallAction } from '#contract/recall-actions.ts'
import { canonicalJson, type Json } from './canonical-json.ts'
import type { RecallActionRow } from './table.ts'

/** What stands before the first entry. */
export const noHash = '0'.repeat(64)

export const entryFormat = 'qrscan-recall-action/1'

/**
 * An entry of the record, as it is hashed and kept: everything that is known of an action but what comes later (its
 * own hash, and what may take its place). Every key is always there. docs/recall-record.md tells auditors of it.
 */
export interface Entry extends Omit<RecallAction, 'hash' | 'superseded_by_id'> {
  format: typeof entryFormat
  business_id: string
  /** The token or user behind `by`. */
  by_id: string
  /** SHA-256 of what was sent, so that a second sending is known as such. */
  request_hash: string
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** An entry's bytes and their hash. */
export function sealEntry(entry: Entry): { text: string; hash: string } {
  const text = canonicalJson(entry as unknown as Json)
  return { text, hash: sha256(text) }
}

/** The hash of what was sent: the same for the same fields in any order. */
export function hashRequest(recallId: string, body: object): string {
  const sent = Object.entries(body).filter(([, value]) => value !== undefined)
  return sha256(canonicalJson({ recall_id: recallId, body: Object.fromEntries(sent) as Json }))
}

export function entryOf(row: Pick<RecallActionRow, 'entry'>): Entry {
  return JSON.parse(row.entry) as Entry
}

/** An action as the API shows it; what is beyond the contract is left out by the reply's schema. */
export function presentAction(row: RecallActionRow, supersededById: string | null): RecallAction {
  return { ...entryOf(row), hash: row.hash, superseded_by_id: supersededById }
}
