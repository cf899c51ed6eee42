/** What the rows of a spreadsheet become. */
export const importKinds = ['qr_links', 'wallet_passes'] as const
export type ImportKind = (typeof importKinds)[number]

/** The fields of a link that a column of a file can be mapped to. */
export const linkImportFields = [
  'slug',
  'destination_url',
  'title',
  'campaign',
  'tags',
  'notes',
  'is_active',
  'starts_at',
  'expires_at',
] as const
export type LinkImportField = (typeof linkImportFields)[number]

/** The fields of a contact or event card that a column of a file can be mapped to. */
export const cardImportFields = [
  'kind',
  'title',
  'subtitle',
  'prefix',
  'given_name',
  'family_name',
  'suffix',
  'organization',
  'department',
  'job_title',
  'phone',
  'mobile_phone',
  'home_phone',
  'fax',
  'email',
  'other_email',
  'website',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'note',
  'starts_at',
  'ends_at',
  'is_all_day',
  'timezone',
  'location',
  'organizer',
  'organizer_email',
  'reminder_minutes',
  'code_text',
  'locale',
  'background',
  'foreground',
  'label',
] as const
export type CardImportField = (typeof cardImportFields)[number]

export type ImportField = LinkImportField | CardImportField

/** The fields that a file of a kind can fill, in the order of a form. */
export const importFieldsOf: Record<ImportKind, readonly ImportField[]> = {
  qr_links: linkImportFields,
  wallet_passes: cardImportFields,
}
