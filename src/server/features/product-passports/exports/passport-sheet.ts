import { passportProfiles, type FieldAccess } from '#contract/passport-profiles.ts'
import type { PassportCore, ProductPassport } from '#contract/product-passports.ts'

/** One thing that a passport says, for people. */
export interface SheetRow {
  /** Where it stands in the passport: `core.brand`. */
  path: string
  label: string
  value: string
  unit: string
  access: FieldAccess
  /** Where its value leads. */
  href: string | undefined
}

export interface SheetSection {
  title: string
  rows: SheetRow[]
}

type Value = string | number | boolean | null | undefined
type Party = NonNullable<PassportCore['manufacturer']>

const granularities = { model: 'All units of the model', lot: 'One lot', item: 'One item' } as const

/**
 * A passport in sections, as the page, the PDF and the table show it; what it does not say is left out. With `public`
 * only what everybody may see.
 */
export function passportSheet(passport: ProductPassport, audience: 'public' | 'all'): SheetSection[] {
  const sections = [
    { title: 'Identification', rows: identityRows(passport) },
    { title: 'Product', rows: productRows(passport.core) },
    { title: profileTitles[passport.profile], rows: profileRows(passport) },
    { title: 'Materials', rows: (passport.core.materials ?? []).flatMap(materialRow) },
    { title: 'Who answers for it', rows: partyRows(passport.core) },
    { title: 'Repair, disposal and warranty', rows: careRows(passport.core) },
    { title: 'Documents and pictures', rows: documentRows(passport.core) },
    { title: 'Links', rows: passport.links.flatMap(linkRow) },
  ]
  return sections
    .map(({ title, rows }) => ({
      title,
      rows: rows.filter(({ access }) => audience === 'all' || access === 'public'),
    }))
    .filter(({ rows }) => rows.length > 0)
}

const profileTitles = {
  general: 'Further',
  battery: 'Battery',
  textile: 'Textile',
  electronics: 'Electronics',
  food: 'Food',
  construction: 'Construction product',
} as const

function row(path: string, label: string, value: Value, more: Partial<SheetRow> = {}): SheetRow[] {
  if (value === null || value === undefined || value === '') return []
  const text = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
  return [{ path, label, value: text, unit: '', access: 'public', href: undefined, ...more }]
}

function identityRows(passport: ProductPassport): SheetRow[] {
  return [
    ...row('name', 'Name', passport.name),
    ...row('gtin', 'GTIN', passport.gtin),
    ...row('lot', 'Lot', passport.lot),
    ...row('serial', 'Serial number', passport.serial),
    ...row('granularity', 'Speaks of', granularities[passport.granularity]),
    ...row('digital_link', 'Digital Link', passport.digital_link, { href: passport.digital_link }),
    ...row('status', 'Status', inWords(passport.status)),
    ...row('revision', 'Revision', passport.revision),
    ...row('updated_at', 'Last changed', passport.updated_at.slice(0, 10)),
  ]
}

function productRows(core: PassportCore): SheetRow[] {
  return [
    ...row('core.description', 'Description', core.description),
    ...row('core.brand', 'Brand', core.brand),
    ...row('core.model', 'Model', core.model),
    ...row('core.category', 'Category', core.category),
    ...row('core.commodity_code', 'Commodity code', core.commodity_code),
    ...row('core.country_of_production', 'Made in', countryName(core.country_of_production)),
    ...row('core.produced_on', 'Made on', core.produced_on),
    ...row('core.weight_grams', 'Weight', core.weight_grams, { unit: 'g' }),
  ]
}

function profileRows({ profile, extension }: ProductPassport): SheetRow[] {
  return passportProfiles[profile].flatMap(({ key, label, unit, access, kind }) => {
    const value = extension[key] as Value
    const shown = kind === 'choice' && typeof value === 'string' ? inWords(value) : value
    return row(`extension.${key}`, label, shown, { unit, access })
  })
}

function materialRow(
  {
    name,
    share,
    recycled_share,
    origin_country,
    is_hazardous,
  }: NonNullable<PassportCore['materials']>[number],
  index: number,
): SheetRow[] {
  const facts = [
    share == null ? '' : `${share / 100} %`,
    recycled_share == null ? '' : `${recycled_share / 100} % recycled`,
    origin_country ? `from ${countryName(origin_country)}` : '',
    is_hazardous ? 'hazardous' : '',
  ].filter(Boolean)
  return row(`core.materials.${index}`, name, facts.join(', ') || 'Contained')
}

function partyRows(core: PassportCore): SheetRow[] {
  const of = (key: string, label: string, party: Party | null | undefined): SheetRow[] => {
    if (!party) return []
    const { name, id, address, email, url } = party
    const lines = [name, id, address, email, url].filter(Boolean)
    return row(`core.${key}`, label, lines.join('\n'), { href: url ?? undefined })
  }
  return [
    ...of('manufacturer', 'Manufacturer', core.manufacturer),
    ...of('facility', 'Made at', core.facility),
    ...of('importer', 'Importer', core.importer),
    ...of('responsible_operator', 'Responsible in the EU', core.responsible_operator),
  ]
}

function careRows(core: PassportCore): SheetRow[] {
  return [
    ...row('core.repair', 'Repair', core.repair),
    ...row('core.disposal', 'Disposal', core.disposal),
    ...row('core.warranty', 'Warranty', core.warranty),
  ]
}

const documentKinds = {
  conformity: 'Conformity',
  manual: 'Manual',
  safety: 'Safety',
  warning: 'Warning',
  repair: 'Repair',
  certificate: 'Certificate',
  other: 'Document',
} as const

function documentRows({ documents = [], images = [] }: PassportCore): SheetRow[] {
  return [
    ...documents.flatMap(({ kind, title, url, language }, index) => {
      const value = language ? `${title} (${language})` : title
      return row(`core.documents.${index}`, documentKinds[kind], `${value}\n${url}`, { href: url })
    }),
    ...images.flatMap((url, index) =>
      row(`core.images.${index}`, `Picture ${index + 1}`, url, { href: url }),
    ),
  ]
}

function linkRow(
  { type, url, title, language }: ProductPassport['links'][number],
  index: number,
): SheetRow[] {
  const value = `${language ? `${title} (${language})` : title}\n${url}`
  return row(`links.${index}`, type, value, { href: url })
}

/** `Electric vehicle` of `electric_vehicle`. */
function inWords(choice: string): string {
  return choice.charAt(0).toUpperCase() + choice.slice(1).replaceAll('_', ' ')
}

/** `Austria (AT)`; the code alone where nobody knows it. */
function countryName(code: string | null | undefined): string | undefined {
  if (!code) return undefined
  const name = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code)
  return name ? `${name} (${code})` : code
}
