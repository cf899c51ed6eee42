import type { ImportField } from '#contract/imports.ts'
import type { MessageId } from '../../lib/translate.ts'

export const fieldNames: Record<ImportField, MessageId> = {
  slug: 'field.slug',
  destination_url: 'field.destination_url',
  title: 'field.title',
  campaign: 'field.campaign',
  tags: 'field.tags',
  notes: 'field.notes',
  is_active: 'field.is_active',
  starts_at: 'field.starts_at',
  expires_at: 'field.expires_at',
}

const matchNames: Record<string, MessageId> = {
  exact: 'match.exact',
  alias: 'match.alias',
  likeness: 'match.likeness',
  preset: 'match.preset',
  content: 'match.content',
  memory: 'match.memory',
  person: 'match.person',
}

/** How a column found its field, as a message; undefined for a way that this page does not know. */
export function matchName(matchedBy: string | null): MessageId | undefined {
  return matchedBy === null ? undefined : matchNames[matchedBy]
}
