import { useTranslate, type MessageId } from '../../lib/translate.ts'

/** Titles of the findings that the check is known to make. */
const titles: Record<string, MessageId> = {
  slug_missing: 'finding.slug_missing',
  slug_is_link: 'finding.slug_is_link',
  slug_too_long: 'finding.slug_too_long',
  slug_not_ascii: 'finding.slug_not_ascii',
  slug_invalid: 'finding.slug_invalid',
  slug_reserved: 'finding.slug_reserved',
  slug_like_reserved: 'finding.slug_like_reserved',
  slug_duplicate: 'finding.slug_duplicate',
  slug_exists: 'finding.slug_exists',
  slug_lookalike: 'finding.slug_lookalike',
  slug_normalized: 'finding.slug_normalized',
  destination_missing: 'finding.destination_missing',
  destination_too_long: 'finding.destination_too_long',
  destination_space: 'finding.destination_space',
  destination_not_https: 'finding.destination_not_https',
  destination_invalid: 'finding.destination_invalid',
  destination_credentials: 'finding.destination_credentials',
  destination_not_public: 'finding.destination_not_public',
  destination_single_label: 'finding.destination_single_label',
  destination_local_name: 'finding.destination_local_name',
  destination_port: 'finding.destination_port',
  destination_idn: 'finding.destination_idn',
  destination_mixed_script: 'finding.destination_mixed_script',
  destination_own_domain: 'finding.destination_own_domain',
  date_invalid: 'finding.date_invalid',
  date_ambiguous: 'finding.date_ambiguous',
  expires_in_past: 'finding.expires_in_past',
  expires_before_start: 'finding.expires_before_start',
  boolean_invalid: 'finding.boolean_invalid',
  text_too_long: 'finding.text_too_long',
  tag_too_long: 'finding.tag_too_long',
  too_many_tags: 'finding.too_many_tags',
  too_many_cells: 'finding.too_many_cells',
  too_few_cells: 'finding.too_few_cells',
  row_too_long: 'finding.row_too_long',
  unclosed_quote: 'finding.unclosed_quote',
  kind_invalid: 'finding.kind_invalid',
  title_missing: 'finding.title_missing',
  starts_at_missing: 'finding.starts_at_missing',
  phone_invalid: 'finding.phone_invalid',
  mail_invalid: 'finding.mail_invalid',
  website_invalid: 'finding.website_invalid',
  ends_before_start: 'finding.ends_before_start',
  zone_missing: 'finding.zone_missing',
  zone_invalid: 'finding.zone_invalid',
  reminder_invalid: 'finding.reminder_invalid',
  code_too_long: 'finding.code_too_long',
  locale_invalid: 'finding.locale_invalid',
  colour_invalid: 'finding.colour_invalid',
  card_duplicate: 'finding.card_duplicate',
  card_exists: 'finding.card_exists',
}

/** What a finding is called in a list of them; a code that is new is spelled out. */
export function useFindingTitles(): (code: string) => string {
  const t = useTranslate()
  return (code) => {
    const title = titles[code]
    if (title !== undefined) return t(title)
    const words = code.replaceAll('_', ' ')
    return words.charAt(0).toUpperCase() + words.slice(1)
  }
}
