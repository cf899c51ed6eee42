import { cardImportFields, type CardImportField } from '#contract/import-kinds.ts'
import type { ImportColumn } from '#contract/imports.ts'
import { commonWidth, isBlank } from '../dialect.ts'
import { makeHeaderBook, type Preset } from '../header-book.ts'

/** Other names of a card's fields, as address books and people write them. */
const aliases: Record<CardImportField, readonly string[]> = {
  kind: ['type', 'card type', 'card', 'art', 'typ'],
  title: [
    'name',
    'full name',
    'display name',
    'event',
    'event name',
    'event title',
    'subject',
    'anzeigename',
  ],
  subtitle: ['tagline', 'slogan', 'motto', 'untertitel', 'sous titre', 'subtitulo'],
  prefix: ['name prefix', 'salutation', 'honorific', 'mr mrs', 'anrede', 'civilite'],
  given_name: ['first name', 'firstname', 'given', 'forename', 'vorname', 'prenom', 'nombre', 'nome', 'imie'],
  family_name: [
    'last name',
    'lastname',
    'surname',
    'family',
    'nachname',
    'nom',
    'apellido',
    'cognome',
    'nazwisko',
  ],
  suffix: ['name suffix', 'honorific suffix', 'titel nach'],
  organization: [
    'organisation',
    'company',
    'company name',
    'employer',
    'firma',
    'entreprise',
    'empresa',
    'azienda',
    'org',
  ],
  department: ['dept', 'division', 'team', 'abteilung', 'service', 'departamento'],
  job_title: ['position', 'role', 'job', 'function', 'funktion', 'poste', 'cargo', 'stelle', 'beruf'],
  phone: [
    'telephone',
    'tel',
    'phone number',
    'business phone',
    'work phone',
    'office phone',
    'telefon',
    'telefono',
  ],
  mobile_phone: [
    'mobile',
    'cell',
    'cell phone',
    'mobile number',
    'handy',
    'mobil',
    'portable',
    'movil',
    'cellulare',
  ],
  home_phone: ['private phone', 'telefon privat'],
  fax: ['fax number', 'business fax', 'telefax'],
  email: [
    'e mail',
    'mail',
    'email address',
    'e mail address',
    'work email',
    'correo',
    'courriel',
    'adresse mail',
  ],
  other_email: [
    'e mail 2 address',
    'email 2',
    'second email',
    'private email',
    'home email',
    'personal email',
  ],
  website: [
    'web',
    'url',
    'web page',
    'homepage',
    'home page',
    'site',
    'link',
    'web address',
    'webseite',
    'site web',
  ],
  street: [
    'address',
    'street address',
    'business street',
    'address 1',
    'strasse',
    'rue',
    'calle',
    'via',
    'adresse',
  ],
  city: ['town', 'place', 'business city', 'ort', 'stadt', 'ville', 'ciudad', 'citta', 'locality'],
  region: ['state', 'province', 'county', 'business state', 'bundesland', 'land', 'provincia'],
  postal_code: [
    'zip',
    'zip code',
    'postcode',
    'post code',
    'business postal code',
    'plz',
    'code postal',
    'cap',
  ],
  country: ['nation', 'business country', 'business country region', 'staat', 'pays', 'pais', 'paese'],
  note: ['notes', 'description', 'comment', 'remarks', 'details', 'notiz', 'bemerkung', 'beschreibung'],
  starts_at: [
    'start',
    'starts',
    'start date',
    'start time',
    'begin',
    'from',
    'date',
    'when',
    'beginn',
    'datum',
    'debut',
  ],
  ends_at: ['end', 'ends', 'end date', 'end time', 'until', 'to', 'ende', 'fin'],
  is_all_day: ['all day', 'all day event', 'allday', 'ganztagig', 'toute la journee'],
  timezone: ['time zone', 'tz', 'zone', 'zeitzone', 'fuseau horaire'],
  location: ['venue', 'where', 'room', 'veranstaltungsort', 'lieu', 'lugar', 'luogo'],
  organizer: ['organiser', 'host', 'meeting organizer', 'veranstalter', 'organisateur', 'organizador'],
  organizer_email: ['organiser email', 'host email', 'organizer mail'],
  reminder_minutes: ['reminder', 'remind', 'alarm', 'erinnerung', 'rappel'],
  code_text: ['code', 'qr', 'qr code', 'qr text', 'qr content', 'barcode'],
  locale: ['language', 'lang', 'sprache', 'langue', 'idioma', 'lingua'],
  background: ['background color', 'background colour', 'color', 'colour', 'hintergrund'],
  foreground: ['foreground color', 'text color', 'text colour', 'textfarbe'],
  label: ['label color', 'label colour'],
}

/** Address books whose columns mean something else than their names say. */
const presets: readonly Preset[] = [
  {
    name: 'google-contacts',
    needs: ['first name', 'last name', 'organization name'],
    fields: {
      'first name': 'given_name',
      'last name': 'family_name',
      'name prefix': 'prefix',
      'name suffix': 'suffix',
      'organization name': 'organization',
      'organization title': 'job_title',
      'organization department': 'department',
      'e mail 1 value': 'email',
      'e mail 2 value': 'other_email',
      'phone 1 value': 'phone',
      'phone 2 value': 'mobile_phone',
      'address 1 street': 'street',
      'address 1 city': 'city',
      'address 1 region': 'region',
      'address 1 postal code': 'postal_code',
      'address 1 country': 'country',
      'website 1 value': 'website',
      notes: 'note',
    },
  },
]

/** How the columns of a file of cards are told. */
export const cardHeaders = makeHeaderBook({
  fields: cardImportFields,
  aliases,
  presets,
  byContent: columnsByContent,
  complete: (columns) => [...columns],
  missing: (fields) =>
    ['title', 'given_name', 'family_name', 'organization'].some((field) => fields.has(field))
      ? undefined
      : {
          code: 'header_name_missing',
          message:
            'No column holds a name. Choose the one with the names of the people, companies or events.',
        },
})

const looksLikeMail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const looksLikePhone = /^\+?[\d ()./-]{6,20}$/
const looksLikeLink = /^(?:https?:\/\/|www\.)\S+$/i

/** Columns of a file without headers: mail addresses, numbers and links tell themselves, the first of the others is the name. */
function columnsByContent(records: readonly string[][]): ImportColumn[] {
  const rows = records.filter((cells) => !isBlank(cells)).slice(0, 50)
  const { width } = commonWidth(rows)
  const mostly = (index: number, test: RegExp): boolean =>
    rows.filter((cells) => test.test((cells[index] ?? '').trim())).length > rows.length / 2
  const taken = new Set<CardImportField>()
  const take = (field: CardImportField): CardImportField | null => {
    if (taken.has(field)) return null
    taken.add(field)
    return field
  }
  return Array.from({ length: width }, (_, index) => {
    const field = mostly(index, looksLikeMail)
      ? take('email')
      : mostly(index, looksLikeLink)
        ? take('website')
        : mostly(index, looksLikePhone)
          ? take('phone')
          : mostly(index, /\p{L}/u)
            ? take('title')
            : null
    return { index, name: `Column ${index + 1}`, field, matched_by: field === null ? null : 'content' }
  })
}
