import type { WalletPass } from '#contract/wallet-passes.ts'

/** The texts of a card that a person writes freely, as paths into it. */
export const freeFields = {
  contact: [
    'title',
    'subtitle',
    'contact.given_name',
    'contact.family_name',
    'contact.prefix',
    'contact.suffix',
    'contact.organization',
    'contact.department',
    'contact.job_title',
    'contact.phones.0.value',
    'contact.emails.0.value',
    'contact.address.street',
    'contact.address.city',
    'contact.address.region',
    'contact.address.postal_code',
    'contact.address.country',
    'contact.note',
  ],
  event: [
    'title',
    'subtitle',
    'event.location',
    'event.organizer',
    'event.description',
    'event.address.street',
    'event.address.city',
    'event.address.region',
    'event.address.postal_code',
    'event.address.country',
  ],
} as const

type Kind = WalletPass['kind']

/** What a field says before something hostile is put in: a word that stands nowhere else. */
function markOf(path: string): string {
  return `mark${path.replaceAll(/[^a-z]/g, '')}end`
}

/** A card whose every field says its mark. Its code carries a word, so that no field shows in it. */
export function markedCard(kind: Kind): WalletPass {
  const base = kind === 'contact' ? 'contact.' : 'event.'
  const address = Object.fromEntries(
    ['street', 'city', 'region', 'postal_code', 'country'].map((name) => [
      name,
      markOf(`${base}address.${name}`),
    ]),
  )
  const mark = (name: string): string => markOf(base + name)
  const contact = {
    given_name: mark('given_name'),
    family_name: mark('family_name'),
    prefix: mark('prefix'),
    suffix: mark('suffix'),
    organization: mark('organization'),
    department: mark('department'),
    job_title: mark('job_title'),
    phones: [{ label: 'work' as const, value: mark('phones.0.value') }],
    emails: [{ label: 'home' as const, value: mark('emails.0.value') }],
    website: 'https://example.com/',
    address,
    note: mark('note'),
  }
  const event = {
    starts_at: '2026-12-01T18:00:00.000000Z',
    ends_at: '2026-12-01T20:00:00.000000Z',
    timezone: 'Europe/Amsterdam',
    location: mark('location'),
    organizer: mark('organizer'),
    organizer_email: 'host@example.com',
    website: 'https://example.com/',
    description: mark('description'),
    reminder_minutes: 30,
    address,
  }
  return {
    id: '019ab0c0-0000-7000-8000-000000000000',
    business_id: 'b',
    kind,
    title: markOf('title'),
    subtitle: markOf('subtitle'),
    contact: kind === 'contact' ? contact : null,
    event: kind === 'event' ? event : null,
    look: {},
    code_text: 'code',
    qr_link_id: null,
    locale: 'en',
    translations: {},
    import_id: null,
    created_at: '2026-11-23T09:30:00.000000Z',
    updated_at: '2026-11-23T09:30:00.000000Z',
  }
}

/** The same card with another text in one field. */
export function withField(card: WalletPass, path: string, text: string): WalletPass {
  const copy = structuredClone(card)
  const parts = path.split('.')
  const last = parts.pop()!
  let place = copy as unknown as Record<string, unknown>
  for (const part of parts) place = place[part] as Record<string, unknown>
  place[last] = text
  return copy
}

/** What a reader made of a file: each place in it, and what stands there. */
export type Places = Readonly<Record<string, string>>

/**
 * What is wrong with how a hostile text in one field was read; empty where nothing is. The places must be those of the
 * plain card, and each must say the same, but that the text stands where the field's mark stood.
 */
export function differencesOf(plain: Places, hostile: Places, path: string, kept: string): string[] {
  const mark = markOf(path)
  const names = new Set([...Object.keys(plain), ...Object.keys(hostile)])
  return [...names].flatMap((name) => {
    const wanted = plain[name]?.replaceAll(mark, () => kept)
    return wanted === hostile[name]
      ? []
      : [`${path} at ${name}: ${JSON.stringify(hostile[name])} instead of ${JSON.stringify(wanted)}`]
  })
}

/** Where a field stands: it must stand somewhere, or nothing is proved of it. */
export function placesOf(plain: Places, path: string): string[] {
  return Object.keys(plain).filter((name) => plain[name]!.includes(markOf(path)))
}

/** Every text of a JSON value by its path. */
export function flatten(value: unknown, at = ''): Places {
  if (typeof value !== 'object' || value === null) return { [at]: String(value) }
  return Object.assign({}, ...Object.entries(value).map(([key, part]) => flatten(part, `${at}/${key}`)))
}
