import type { LinkValues } from '../../../db/link-values.ts'
import type { RowValues } from './check-row.ts'

/** A stored link as far as an import can change it. */
export interface StoredLink extends Omit<LinkValues, 'slug'> {
  seq: number
  id: string
  version: number
}

/**
 * The link after an update by a row: an empty cell leaves what is stored, so that nothing is lost unasked.
 */
export function mergeRow(values: RowValues, stored: StoredLink): StoredLink {
  return {
    ...stored,
    destination_url: values.destination_url ?? stored.destination_url,
    title: values.title ?? stored.title,
    campaign: values.campaign ?? stored.campaign,
    tags: values.tags ?? stored.tags,
    notes: values.notes ?? stored.notes,
    is_active: values.is_active ?? stored.is_active,
    starts_at: values.starts_at ?? stored.starts_at,
    expires_at: values.expires_at ?? stored.expires_at,
  }
}

export type ChangedField = Exclude<keyof StoredLink, 'seq' | 'id' | 'version'>

const fields: readonly ChangedField[] = [
  'destination_url',
  'title',
  'campaign',
  'tags',
  'notes',
  'is_active',
  'starts_at',
  'expires_at',
]

/** The fields that an update by this row would change. */
export function changedFields(values: RowValues, stored: StoredLink): ChangedField[] {
  const merged = mergeRow(values, stored)
  return fields.filter((field) =>
    field === 'tags' ? !sameTags(merged.tags, stored.tags) : merged[field] !== stored[field],
  )
}

function sameTags(tags: readonly string[], stored: readonly string[]): boolean {
  return tags.length === stored.length && tags.every((tag, k) => tag === stored[k])
}

/** Whether an update by this row would change nothing. */
export function isUnchanged(values: RowValues, stored: StoredLink): boolean {
  return changedFields(values, stored).length === 0
}
