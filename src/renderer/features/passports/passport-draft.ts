import { passportProfiles, type ProfileField } from '#contract/passport-profiles.ts'
import type {
  Granularity,
  PassportCore,
  PassportProfile,
  ProductPassport,
} from '#contract/product-passports.ts'

const coreTexts = [
  'description',
  'brand',
  'model',
  'category',
  'commodity_code',
  'country_of_production',
  'produced_on',
  'repair',
  'disposal',
  'warranty',
] as const
type CoreText = (typeof coreTexts)[number]

export const parties = ['manufacturer', 'importer', 'responsible_operator', 'facility'] as const
export type PartyName = (typeof parties)[number]
export const partyFields = ['name', 'id', 'address', 'email', 'url'] as const
type PartyDraft = Record<(typeof partyFields)[number], string>

export interface MaterialDraft {
  name: string
  /** Percent of the mass as a person writes it. */
  share: string
  recycled_share: string
  origin_country: string
  is_hazardous: boolean
}

export interface DocumentDraft {
  kind: NonNullable<PassportCore['documents']>[number]['kind']
  title: string
  url: string
  language: string
}

export interface LinkDraft {
  type: string
  url: string
  title: string
  language: string
}

/** A passport as it is being written: everything as text, so that nothing typed is lost to a number. */
export interface PassportDraft {
  name: string
  gtin: string
  granularity: Granularity
  lot: string
  serial: string
  profile: PassportProfile
  texts: Record<CoreText, string>
  /** Kilograms. */
  weight: string
  parties: Record<PartyName, PartyDraft>
  materials: MaterialDraft[]
  documents: DocumentDraft[]
  /** One address a line. */
  images: string
  links: LinkDraft[]
  /** By the keys of every profile, so that another choice and back loses nothing. */
  extension: Record<string, string>
}

export const emptyMaterial: MaterialDraft = {
  name: '',
  share: '',
  recycled_share: '',
  origin_country: '',
  is_hazardous: false,
}
export const emptyDocument: DocumentDraft = { kind: 'manual', title: '', url: '', language: '' }
export const emptyLink: LinkDraft = { type: 'gs1:instructions', url: '', title: '', language: '' }

export function newDraft(): PassportDraft {
  return draftOf({
    name: '',
    gtin: '',
    granularity: 'model',
    lot: null,
    serial: null,
    profile: 'general',
    core: {},
    extension: {},
    links: [],
  })
}

/** Without the rows that say nothing, so that what the server says of a row stands at that row. */
export function withoutBlankRows(draft: PassportDraft): PassportDraft {
  return {
    ...draft,
    materials: draft.materials.filter(({ name }) => name.trim() !== ''),
    documents: draft.documents.filter(({ title, url }) => title.trim() !== '' || url.trim() !== ''),
    links: draft.links.filter(({ title, url }) => title.trim() !== '' || url.trim() !== ''),
  }
}

type Fields = Pick<
  ProductPassport,
  'name' | 'gtin' | 'granularity' | 'lot' | 'serial' | 'profile' | 'core' | 'extension' | 'links'
>

export function draftOf({ core, extension, links, lot, serial, ...rest }: Fields): PassportDraft {
  return {
    ...rest,
    lot: lot ?? '',
    serial: serial ?? '',
    texts: record(coreTexts, (name) => core[name] ?? ''),
    weight: typeof core.weight_grams === 'number' ? String(core.weight_grams / 1000) : '',
    parties: record(parties, (party) => record(partyFields, (field) => core[party]?.[field] ?? '')),
    materials: (core.materials ?? []).map((material) => ({
      name: material.name,
      share: percentText(material.share),
      recycled_share: percentText(material.recycled_share),
      origin_country: material.origin_country ?? '',
      is_hazardous: material.is_hazardous ?? false,
    })),
    documents: (core.documents ?? []).map((one) => ({ ...one, language: one.language ?? '' })),
    images: (core.images ?? []).join('\n'),
    links: links.map((link) => ({ ...link, language: link.language ?? '' })),
    extension: Object.fromEntries(Object.entries(extension).map(([key, value]) => [key, String(value)])),
  }
}

/**
 * What the server is sent. A number that is none goes as it was typed: the server says at the field what it wants
 * there.
 */
export function fieldsOf(draft: PassportDraft) {
  const { granularity, profile } = draft
  return {
    name: draft.name.trim(),
    gtin: draft.gtin.replaceAll(/[\s-]/g, ''),
    granularity,
    lot: granularity === 'model' ? null : orNull(draft.lot),
    serial: granularity === 'item' ? orNull(draft.serial) : null,
    profile,
    core: coreOf(draft),
    extension: extensionOf(draft),
    links: draft.links.map(({ type, url, title, language }) => ({
      type,
      url: url.trim(),
      title: title.trim(),
      language: orNull(language),
    })),
  }
}

function coreOf(draft: PassportDraft): PassportCore {
  const { texts } = draft
  return {
    ...record(coreTexts, (name) =>
      name === 'country_of_production' ? orNull(texts[name].toUpperCase()) : orNull(texts[name]),
    ),
    ...record(parties, (party) => partyOf(draft.parties[party])),
    weight_grams: scaled(draft.weight, 1000) as number | null,
    materials: draft.materials.map(({ name, share, recycled_share, origin_country, is_hazardous }) => ({
      name: name.trim(),
      share: scaled(share, 100) as number | null,
      recycled_share: scaled(recycled_share, 100) as number | null,
      origin_country: orNull(origin_country.toUpperCase()),
      is_hazardous,
    })),
    documents: draft.documents.map(({ kind, title, url, language }) => ({
      kind,
      title: title.trim(),
      url: url.trim(),
      language: orNull(language),
    })),
    images: draft.images.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])),
  }
}

function partyOf(party: PartyDraft) {
  const filled = partyFields.some((field) => party[field].trim() !== '')
  return filled ? { ...record(partyFields, (field) => orNull(party[field])), name: party.name.trim() } : null
}

function extensionOf({ profile, extension }: PassportDraft): Record<string, unknown> {
  const entries = passportProfiles[profile].flatMap((field): [string, unknown][] => {
    const text = (extension[field.key] ?? '').trim()
    return text === '' ? [] : [[field.key, valueOf(field, text)]]
  })
  return Object.fromEntries(entries)
}

function valueOf({ kind }: ProfileField, text: string): unknown {
  if (kind === 'boolean') return text === 'true'
  return kind === 'number' || kind === 'integer' ? scaled(text, 1) : text
}

/** A number as people write it, with a comma or a point, times `factor`; text that is none stays as it is. */
function scaled(text: string, factor: number): number | string | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  // A thousand and more to some, one and a bit to others: nobody guesses.
  if (/^\d{1,3}(,\d{3})+$/.test(trimmed)) return trimmed
  const value = Number(trimmed.replace(',', '.'))
  // 12.3 × 100 is not quite 1,230 in binary.
  return Number.isFinite(value) ? Number((value * factor).toFixed(6)) : trimmed
}

function percentText(hundredths: number | null | undefined): string {
  return typeof hundredths === 'number' ? String(hundredths / 100) : ''
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function record<K extends string, V>(keys: readonly K[], valueFor: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<K, V>
}
