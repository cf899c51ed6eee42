import { passportProfiles } from '#contract/passport-profiles.ts'
import type { PassportCore, ProductPassport } from '#contract/product-passports.ts'
import { dense, type Json } from './dense.ts'
import type { ExportSubject } from './export-subject.ts'
import { partyUri, webUriOf } from './uris.ts'

/** schema.org's Product in GS1's words where those say more (WebVoc 1.16); what everybody may see and no more. */
export function passportJsonLd({ passport, isRecalled }: ExportSubject): Json {
  const { core, lot, serial, granularity } = passport
  return dense({
    '@context': { '@vocab': 'https://schema.org/', gs1: 'https://gs1.org/voc/' },
    '@type': granularity === 'item' ? ['IndividualProduct', 'gs1:Product'] : ['Product', 'gs1:Product'],
    '@id': passport.digital_link,
    // First, so that no link takes the place of a property.
    ...linksOf(passport),
    name: passport.name,
    gtin: passport.gtin,
    'gs1:gtin': passport.gtin,
    'gs1:hasBatchLotNumber': lot,
    serialNumber: serial,
    'gs1:hasSerialNumber': serial,
    'gs1:hasGS1DigitalLink': { '@id': passport.digital_link },
    'gs1:isProductRecalled': isRecalled,
    description: core.description,
    brand: core.brand ? { '@type': 'Brand', name: core.brand } : undefined,
    model: core.model,
    category: core.category,
    countryOfOrigin: core.country_of_production
      ? { '@type': 'Country', identifier: core.country_of_production }
      : undefined,
    productionDate: core.produced_on,
    manufacturer: partyOf(passport, core.manufacturer, 'manufacturer'),
    weight: core.weight_grams == null ? undefined : quantity(core.weight_grams, 'GRM'),
    material: core.materials?.map(({ name }) => name),
    image: core.images?.flatMap((url) => webUriOf(url) ?? []),
    subjectOf: core.documents?.map(({ title, url, kind, language }) =>
      dense({
        '@type': 'DigitalDocument',
        name: title,
        url: webUriOf(url),
        keywords: kind,
        inLanguage: language,
      }),
    ),
    additionalProperty: propertiesOf(passport),
  })
}

function partyOf(
  passport: ProductPassport,
  party: PassportCore['manufacturer'],
  role: string,
): Json | undefined {
  if (!party) return undefined
  const { name, address, email, url } = party
  return dense({
    '@type': 'Organization',
    '@id': partyUri(party, passport, { ai: '417', role }),
    name,
    address,
    email,
    url: webUriOf(url),
  })
}

function propertiesOf({ profile, extension, core }: ProductPassport): Json[] {
  const properties = passportProfiles[profile]
    .filter(({ key, access }) => access === 'public' && extension[key] !== undefined)
    .map(({ key, label, unit }) =>
      dense({
        '@type': 'PropertyValue',
        propertyID: key,
        name: label,
        value: extension[key],
        unitText: unit || undefined,
      }),
    )
  const care = (['repair', 'disposal', 'warranty', 'commodity_code'] as const).flatMap((key) =>
    core[key] ? [{ '@type': 'PropertyValue', propertyID: key, value: core[key] }] : [],
  )
  return [...properties, ...care]
}

/** GS1's link types are properties of the product. */
function linksOf({ links }: ProductPassport): Json {
  const byType: Record<string, { '@id': string }[]> = {}
  for (const { type, url } of links) {
    const uri = webUriOf(url)
    if (uri) byType[type] = [...(byType[type] ?? []), { '@id': uri }]
  }
  return byType
}

function quantity(value: number, unitCode: string): Json {
  return { '@type': 'QuantitativeValue', value, unitCode }
}
