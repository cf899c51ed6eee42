import { canonicalJson, type Json } from './canonical-json.ts'
import { noHash } from './entry.ts'
import type { RecallActionRow } from './table.ts'
import { recordFormat, type RecordHead } from './verify-record.ts'

/** The record of a recall as it is handed out: a head, then a line an entry in the bytes that were hashed. */
export function recordText(
  recall: RecordHead['recall'],
  rows: readonly RecallActionRow[],
  exportedAt: string,
): string {
  const head: RecordHead = {
    record: recordFormat,
    recall,
    entries: rows.length,
    head: rows.at(-1)?.hash ?? noHash,
    exported_at: exportedAt,
  }
  return [canonicalJson(head as unknown as Json), ...rows.map(lineOf)].join('\n') + '\n'
}

/** By hand, so that not a byte of the entry passes through a reader and a writer. */
function lineOf({ entry, hash }: RecallActionRow): string {
  return `{"entry":${entry},"hash":${JSON.stringify(hash)}}`
}
