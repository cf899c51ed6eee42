/** A link as a writer of very many has it; times as they are stored. */
export interface LinkValues {
  slug: string
  destination_url: string
  title: string | null
  campaign: string | null
  tags: string[]
  notes: string | null
  is_active: boolean
  starts_at: string | null
  expires_at: string | null
}

/** The same tag twice is one tag. */
export function uniqueTags(tags: string[]): string[] {
  return tags.length < 2 ? tags : [...new Set(tags)]
}
