import { passportProfiles } from '#contract/passport-profiles.ts'
import type { PassportCore, ProductPassport } from '#contract/product-passports.ts'
import { dense, type Json } from './dense.ts'
import type { ExportSubject } from './export-subject.ts'
import { partyUri, webUriOf } from './uris.ts'

const granularityLevels = { model: 'model', lot: 'batch', item: 'item' } as const

/**
 * The passport as an unsigned Digital Product Passport of the UN Transparency Protocol (the working vocabulary, schema
 * of 2025-11-13). Only what everybody may see; what the passport does not say is left out and never guessed, so that
 * scorecards with required figures that we do not ask for are not there.
 */
export function passportUntp({ passport, business }: ExportSubject): Json {
  return {
    type: ['DigitalProductPassport', 'VerifiableCredential'],
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://test.uncefact.org/vocabulary/untp/dpp/working/',
    ],
    id: `urn:uuid:${passport.id}`,
    issuer: { type: ['CredentialIssuer'], id: `urn:uuid:${business.id}`, name: business.name },
    validFrom: passport.updated_at,
    credentialSubject: dense({
      type: ['ProductPassport'],
      id: passport.digital_link,
      product: productOf(passport),
      granularityLevel: granularityLevels[passport.granularity],
      conformityClaim: claimsOf(passport),
      circularityScorecard: circularityOf(passport.core),
      materialsProvenance: (passport.core.materials ?? []).map(materialOf),
    }),
  }
}

function productOf(passport: ProductPassport): Json {
  const { core } = passport
  return dense({
    type: ['Product'],
    id: passport.digital_link,
    name: passport.name,
    registeredId: passport.gtin,
    idScheme: {
      type: ['IdentifierScheme'],
      id: 'https://id.gs1.org/01',
      name: 'Global Trade Item Number',
    },
    batchNumber: passport.lot,
    serialNumber: passport.serial,
    productImage: linkOf(core.images?.[0], 'Picture'),
    description: core.description,
    characteristics: characteristicsOf(passport),
    productCategory: categoriesOf(passport),
    furtherInformation: furtherOf(passport),
    producedByParty: partyOf(passport, core.manufacturer, { ai: '417', role: 'manufacturer' }),
    producedAtFacility: partyOf(passport, core.facility, { ai: '414', role: 'facility' }),
    productionDate: core.produced_on,
    countryOfProduction: core.country_of_production,
    dimensions:
      core.weight_grams == null
        ? undefined
        : {
            type: ['Dimension'],
            weight: { type: ['Measure'], value: core.weight_grams / 1000, unit: 'KGM' },
          },
  })
}

function partyOf(
  passport: ProductPassport,
  party: PassportCore['manufacturer'],
  as: { ai: '417' | '414'; role: string },
): Json | undefined {
  if (!party) return undefined
  const uri = partyUri(party, passport, as)
  return dense({ id: uri, name: party.name, registeredId: party.id })
}

function characteristicsOf({ profile, extension, core }: ProductPassport): Json | undefined {
  const fields = passportProfiles[profile].filter(
    ({ key, access }) => access === 'public' && extension[key] !== undefined,
  )
  const named = fields.map(({ key }): [string, unknown] => [key, extension[key]])
  const own = (['brand', 'model', 'warranty'] as const).map((key): [string, unknown] => [key, core[key]])
  const all = dense(Object.fromEntries([...own, ...named]))
  return Object.keys(all).length === 0 ? undefined : { type: ['Characteristics'], ...all }
}

/** Each under an address within the passport: it names no scheme that would have to be looked up. */
function categoriesOf({ core: { category, commodity_code }, digital_link }: ProductPassport): Json[] {
  const of = (part: string, more: Json): Json => ({
    type: ['Classification'],
    id: `${digital_link}#${part}`,
    ...more,
  })
  return [
    ...(category ? [of('category', { name: category })] : []),
    ...(commodity_code
      ? [
          of('commodity-code', {
            code: commodity_code,
            name: category ?? commodity_code,
            schemeName: 'Commodity code (TARIC)',
          }),
        ]
      : []),
  ]
}

function furtherOf({ core, links }: ProductPassport): Json[] {
  const documents = (core.documents ?? []).map(({ url, title, kind }) => linkOf(url, title, kind))
  const others = links.map(({ url, title, type }) => linkOf(url, title, type))
  return [...documents, ...others].filter((link) => link !== undefined)
}

function linkOf(url: string | undefined, name: string, type?: string): Json | undefined {
  const uri = webUriOf(url)
  return uri === undefined
    ? undefined
    : dense({ type: ['Link'], linkURL: uri, linkName: name, linkType: type })
}

/** A paper of conformity is a claim with its evidence. */
function claimsOf({ core, digital_link }: ProductPassport): Json[] {
  return (core.documents ?? []).flatMap(({ kind, title, url }, index) => {
    const uri = webUriOf(url)
    if (!uri || (kind !== 'conformity' && kind !== 'certificate')) return []
    return {
      type: ['Claim', 'Declaration'],
      id: `${digital_link}#claim-${index + 1}`,
      description: title,
      conformityTopic: 'governance.compliance',
      conformityEvidence: { type: ['SecureLink', 'Link'], linkURL: uri, linkName: title, linkType: kind },
    }
  })
}

/** How much of the mass is recycled, where the passport says it of all its materials. */
function circularityOf({ materials = [], documents = [] }: PassportCore): Json | undefined {
  const repair = documents.find(({ kind }) => kind === 'repair')
  const isWhole = materials.reduce((sum, { share }) => sum + (share ?? 0), 0) === 10_000
  const isKnown = materials.every(({ share, recycled_share }) => !share || recycled_share != null)
  const recycled = materials.reduce(
    (sum, { share, recycled_share }) => sum + (share ?? 0) * (recycled_share ?? 0),
    0,
  )
  const card = dense({
    repairInformation: repair && linkOf(repair.url, repair.title, repair.kind),
    recycledContent: isWhole && isKnown ? recycled / 1e8 : undefined,
  })
  return Object.keys(card).length === 0 ? undefined : { type: ['CircularityPerformance'], ...card }
}

function materialOf(material: NonNullable<PassportCore['materials']>[number]): Json {
  const { name, share, recycled_share, origin_country, is_hazardous } = material
  return dense({
    type: ['Material'],
    name,
    originCountry: origin_country,
    massFraction: share == null ? undefined : share / 10_000,
    recycledMassFraction: recycled_share == null ? undefined : recycled_share / 10_000,
    hazardous: is_hazardous,
  })
}
