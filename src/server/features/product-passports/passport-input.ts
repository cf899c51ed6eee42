import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { ValidateGs1 } from '#contract/gs1.ts'
import type {
  changeProductPassport,
  createProductPassport,
  Granularity,
  PassportCore,
  ProductPassport,
} from '#contract/product-passports.ts'
import { checkExtension } from './check-extension.ts'
import { checkIdentity, type PassportIdentity } from './check-identity.ts'
import type { ProductPassportRow } from './table.ts'

export type NewPassport = Omit<BodyOf<typeof createProductPassport>, 'business_id'>
export type PassportChange = BodyOf<typeof changeProductPassport>

/** The columns that a person fills in, in the form in which they are kept. */
export type PassportContent = Pick<
  ProductPassportRow,
  'name' | 'gtin' | 'granularity' | 'lot' | 'serial' | 'profile' | 'status' | 'core' | 'extension' | 'links'
>

/** Throws `ValidationFailed` with a sentence for every field that is wrong. */
export function contentOfNew(validate: ValidateGs1, sent: NewPassport): PassportContent {
  const lot = sent.lot ?? ''
  const serial = sent.serial ?? ''
  return checked(validate, {
    name: sent.name,
    identity: { gtin: sent.gtin, granularity: sent.granularity ?? narrowest(lot, serial), lot, serial },
    profile: sent.profile ?? 'general',
    status: sent.status ?? 'draft',
    core: sent.core ?? {},
    extension: sent.extension ?? {},
    links: sent.links ?? [],
  })
}

/** What a passport says after a change: what was not sent stays. Throws as `contentOfNew` does. */
export function contentOfChange(
  validate: ValidateGs1,
  row: ProductPassportRow,
  sent: PassportChange,
): PassportContent {
  const { gtin, granularity } = { ...row, ...given(sent) }
  const lot = sent.lot === undefined ? row.lot : (sent.lot ?? '')
  const serial = sent.serial === undefined ? row.serial : (sent.serial ?? '')
  const profile = sent.profile ?? row.profile
  // Fields of another product group mean nothing under the new one.
  const old = profile === row.profile ? (JSON.parse(row.extension) as Record<string, unknown>) : {}
  return checked(validate, {
    name: sent.name ?? row.name,
    identity: { gtin, granularity, lot, serial },
    profile,
    status: sent.status ?? row.status,
    core: sent.core ?? (JSON.parse(row.core) as PassportCore),
    extension: sent.extension ?? old,
    links: sent.links ?? (JSON.parse(row.links) as ProductPassport['links']),
  })
}

interface Sent extends Pick<ProductPassport, 'name' | 'profile' | 'status' | 'core' | 'extension'> {
  identity: PassportIdentity
  links: NonNullable<NewPassport['links']>
}

function checked(validate: ValidateGs1, sent: Sent): PassportContent {
  const { identity, errors: wrongIdentity } = checkIdentity(validate, sent.identity)
  const { extension, errors: wrongFields } = checkExtension(sent.profile, sent.extension)
  const errors = { ...wrongIdentity, ...wrongFields, ...checkMaterials(sent.core) }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  const { name, profile, status } = sent
  return {
    ...identity,
    name,
    profile,
    status,
    core: JSON.stringify(withoutNulls(sent.core)),
    extension: JSON.stringify(extension),
    links: JSON.stringify(sent.links.map((link) => ({ ...link, language: link.language ?? null }))),
  }
}

function checkMaterials({ materials = [] }: PassportCore): FieldErrors {
  const sum = materials.reduce((total, { share }) => total + (share ?? 0), 0)
  if (sum <= 10_000) return {}
  return { 'core.materials': [`The shares of the materials come to ${sum / 100} %, more than 100 %.`] }
}

/** What was left empty is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNulls(part)]))
}

function given({
  gtin,
  granularity,
}: PassportChange): Partial<Pick<PassportIdentity, 'gtin' | 'granularity'>> {
  return { ...(gtin !== undefined && { gtin }), ...(granularity !== undefined && { granularity }) }
}

function narrowest(lot: string, serial: string): Granularity {
  if (serial !== '') return 'item'
  return lot === '' ? 'model' : 'lot'
}
