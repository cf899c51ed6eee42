import type { CardImportField, ImportField, ImportKind, LinkImportField } from '#contract/import-kinds.ts'
import type { MessageId } from '../../lib/translate.ts'

const linkFields: Record<LinkImportField, MessageId> = {
  slug: 'column.link.slug',
  destination_url: 'column.link.destination_url',
  title: 'column.link.title',
  campaign: 'column.link.campaign',
  tags: 'column.link.tags',
  notes: 'column.link.notes',
  is_active: 'column.link.is_active',
  starts_at: 'column.link.starts_at',
  expires_at: 'column.link.expires_at',
}

const cardFields: Record<CardImportField, MessageId> = {
  kind: 'column.card.kind',
  title: 'column.card.title',
  subtitle: 'column.card.subtitle',
  prefix: 'column.card.prefix',
  given_name: 'column.card.given_name',
  family_name: 'column.card.family_name',
  suffix: 'column.card.suffix',
  organization: 'column.card.organization',
  department: 'column.card.department',
  job_title: 'column.card.job_title',
  phone: 'column.card.phone',
  mobile_phone: 'column.card.mobile_phone',
  home_phone: 'column.card.home_phone',
  fax: 'column.card.fax',
  email: 'column.card.email',
  other_email: 'column.card.other_email',
  website: 'column.card.website',
  street: 'column.card.street',
  city: 'column.card.city',
  region: 'column.card.region',
  postal_code: 'column.card.postal_code',
  country: 'column.card.country',
  note: 'column.card.note',
  starts_at: 'column.card.starts_at',
  ends_at: 'column.card.ends_at',
  is_all_day: 'column.card.is_all_day',
  timezone: 'column.card.timezone',
  location: 'column.card.location',
  organizer: 'column.card.organizer',
  organizer_email: 'column.card.organizer_email',
  reminder_minutes: 'column.card.reminder_minutes',
  code_text: 'column.card.code_text',
  locale: 'column.card.locale',
  background: 'column.card.background',
  foreground: 'column.card.foreground',
  label: 'column.card.label',
}

/** What the fields of a kind of file are called, in the order of a form. */
export function fieldNamesOf(kind: ImportKind): [field: ImportField, name: MessageId][] {
  return Object.entries(kind === 'qr_links' ? linkFields : cardFields) as [ImportField, MessageId][]
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
