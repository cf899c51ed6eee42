import { Type, type Static } from 'typebox'
import { cardLimits, longestReminder } from './card-rules.ts'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })
const text = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))

export const PostalAddress = Type.Object({
  street: text(cardLimits.street),
  city: text(cardLimits.city),
  region: text(cardLimits.region),
  postal_code: text(cardLimits.postal_code),
  country: text(cardLimits.country),
})
export type PostalAddress = Static<typeof PostalAddress>

const Entry = Type.Object({
  /** `work`, `home`, `mobile`, `main`, `fax` or `other`. */
  label: Type.Optional(Type.Enum(['work', 'home', 'mobile', 'main', 'fax', 'other'])),
  value: Type.String({ minLength: 1, maxLength: cardLimits.entry }),
})

export const ContactCard = Type.Object({
  given_name: text(cardLimits.given_name),
  family_name: text(cardLimits.family_name),
  prefix: text(cardLimits.prefix),
  suffix: text(cardLimits.suffix),
  organization: text(cardLimits.organization),
  department: text(cardLimits.department),
  job_title: text(cardLimits.job_title),
  phones: Type.Optional(Type.Array(Entry, { maxItems: 10 })),
  emails: Type.Optional(Type.Array(Entry, { maxItems: 10 })),
  website: text(cardLimits.website),
  address: Type.Optional(Nullable(PostalAddress)),
  note: text(cardLimits.note),
})
export type ContactCard = Static<typeof ContactCard>

export const EventCard = Type.Object({
  starts_at: Timestamp,
  ends_at: Type.Optional(Nullable(Timestamp)),
  is_all_day: Type.Optional(Type.Boolean()),
  /** IANA zone in which the times are shown. */
  timezone: Type.Optional(Type.String({ maxLength: cardLimits.timezone })),
  location: text(cardLimits.location),
  address: Type.Optional(Nullable(PostalAddress)),
  organizer: text(cardLimits.organizer),
  organizer_email: text(cardLimits.organizer_email),
  website: text(cardLimits.website),
  description: text(cardLimits.description),
  /** Minutes before the start at which a calendar reminds; null for never. */
  reminder_minutes: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: longestReminder }))),
})
export type EventCard = Static<typeof EventCard>

export const CardLook = Type.Object({
  background: Type.Optional(Colour),
  foreground: Type.Optional(Colour),
  label: Type.Optional(Colour),
  /** `data:` addresses of PNG or JPEG pictures; they are cut to each format's sizes. */
  logo: Type.Optional(Nullable(Type.String({ maxLength: 700_000 }))),
  photo: Type.Optional(Nullable(Type.String({ maxLength: 2_800_000 }))),
})
export type CardLook = Static<typeof CardLook>

/** The words of a card in another language, by the field they stand for, such as `title` or `contact.job_title`. */
const Translations = Type.Record(
  Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
  Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 4000 })),
)

export const WalletPass = Type.Object({
  id: Id,
  business_id: Id,
  kind: Type.Enum(['contact', 'event']),
  /** The name at the head of the card. */
  title: Type.String(),
  subtitle: Nullable(Type.String()),
  contact: Nullable(ContactCard),
  event: Nullable(EventCard),
  look: CardLook,
  /** What the card's code carries: a text of its own, else the card's link, else the vCard itself. */
  code_text: Nullable(Type.String()),
  qr_link_id: Nullable(Id),
  /** BCP 47 tag of the card's own words. */
  locale: Type.String(),
  translations: Translations,
  import_id: Nullable(Id),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type WalletPass = Static<typeof WalletPass>

const fields = {
  title: Type.String({ minLength: 1, maxLength: cardLimits.title }),
  subtitle: text(cardLimits.subtitle),
  contact: Type.Optional(Nullable(ContactCard)),
  event: Type.Optional(Nullable(EventCard)),
  look: Type.Optional(CardLook),
  code_text: text(cardLimits.code_text),
  qr_link_id: Type.Optional(Nullable(Id)),
  locale: Type.Optional(Type.String({ maxLength: cardLimits.locale })),
  translations: Type.Optional(Translations),
}

export const NewWalletPass = Type.Object({
  business_id: Type.Optional(Id),
  kind: Type.Enum(['contact', 'event']),
  ...fields,
})
export type NewWalletPass = Static<typeof NewWalletPass>

const one = Type.Object({ wallet_pass: WalletPass })
const read = { tag: 'Wallet cards', access: 'token', scope: 'wallet:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'wallet:write' } as const

export const listWalletPasses = defineEndpoint({
  ...read,
  name: 'listWalletPasses',
  method: 'GET',
  path: '/api/wallet-passes',
  summary: 'A page of wallet cards',
  query: Type.Object({
    business_id: Type.Optional(Id),
    kind: Type.Optional(Type.Enum(['contact', 'event'])),
    search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    import_id: Type.Optional(Id),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ wallet_passes: Paginated(WalletPass) }),
})

export const createWalletPass = defineEndpoint({
  ...write,
  name: 'createWalletPass',
  method: 'POST',
  path: '/api/wallet-passes',
  summary: 'Make a contact or event card',
  body: NewWalletPass,
  status: 201,
  reply: one,
})

export const findWalletPass = defineEndpoint({
  ...read,
  name: 'findWalletPass',
  method: 'GET',
  path: '/api/wallet-passes/{id}',
  summary: 'One card',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeWalletPass = defineEndpoint({
  ...write,
  name: 'changeWalletPass',
  method: 'PATCH',
  path: '/api/wallet-passes/{id}',
  summary: 'Change a card',
  params: IdParams,
  body: Type.Object({ ...fields, title: Type.Optional(fields.title) }),
  status: 200,
  reply: one,
})

export const deleteWalletPass = defineEndpoint({
  ...write,
  name: 'deleteWalletPass',
  method: 'DELETE',
  path: '/api/wallet-passes/{id}',
  summary: 'Remove a card; files that were exported stay where they are',
  params: IdParams,
  status: 204,
})

export const WalletFormat = Type.Enum(['vcf', 'ics', 'html', 'apple', 'google'])
export type WalletFormat = Static<typeof WalletFormat>

export const exportWalletPass = defineEndpoint({
  ...read,
  name: 'exportWalletPass',
  method: 'GET',
  path: '/api/wallet-passes/{id}/export',
  summary: 'A card as a file; without certificates 422 names what is missing and where the guide is',
  throttle: 'exports',
  params: IdParams,
  query: Type.Object({
    format: WalletFormat,
    /** vCard 4.0 instead of 3.0, which fewer telephones read. */
    vcard: Type.Optional(Type.Enum(['3.0', '4.0'])),
  }),
  status: 200,
  produces: ['text/vcard', 'text/calendar', 'text/html', 'application/vnd.apple.pkpass', 'application/json'],
})
