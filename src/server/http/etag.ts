import { createHash } from 'node:crypto'

/**
 * The strong validator of a row: its id, and a version that every change by a person raises. Counters such as scans
 * leave it alone, or nobody could save an edit of a link that is being scanned.
 */
export function rowEtag({ id, version }: { id: string; version: number | string }): string {
  return `"${createHash('sha1').update(`${id}:${version}`).digest('base64url')}"`
}
