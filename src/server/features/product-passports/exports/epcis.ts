import type { ProductPassport } from '#contract/product-passports.ts'
import type { RecallAction, RecallActionKind } from '#contract/recall-actions.ts'
import type { Json } from './dense.ts'
import type { ExportSubject } from './export-subject.ts'
import { canonicalLink, isGln, webUriOf } from './uris.ts'

/**
 * How an action reads in GS1's Core Business Vocabulary. Telling a customer and not finding anything happen to no
 * goods, so they are no events; they stand in the recall's report.
 */
const steps: Partial<Record<RecallActionKind, Json>> = {
  quarantined: {
    action: 'OBSERVE',
    bizStep: 'holding',
    disposition: 'recalled',
    persistentDisposition: { set: ['recalled'] },
  },
  returned: { action: 'OBSERVE', bizStep: 'shipping', disposition: 'returned' },
  destroyed: { action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' },
  corrected: {
    action: 'OBSERVE',
    bizStep: 'repairing',
    disposition: 'conformant',
    persistentDisposition: { unset: ['recalled'] },
  },
}

/**
 * An EPCIS 2.0 document: the product as master data, and what was done in its recalls as events. A corrected entry
 * keeps its event, with an error declaration that names the right one.
 */
export function passportEpcis({ passport, business, actions }: ExportSubject): Json {
  const own = actions.filter((action) => isAbout(passport, action))
  const byId = new Map(own.map((action) => [action.id, action]))
  const events = own.flatMap((action) => eventOf(passport, action, byId))
  const times = [passport.updated_at, ...own.map(({ created_at }) => created_at)].toSorted()
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: times.at(-1),
    instanceIdentifier: `${passport.id}:${passport.revision}:${events.length}`,
    sender: `urn:uuid:${business.id}`,
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          {
            type: 'urn:epcglobal:epcis:vtype:EPCClass',
            vocabularyElementList: [{ id: classOf(passport), attributes: attributesOf(passport) }],
          },
        ],
      },
    },
    epcisBody: { eventList: events },
  }
}

/** An action without a GTIN is about whatever its recall is about. */
function isAbout(passport: ProductPassport, { gtin, lot, serial }: RecallAction): boolean {
  if (gtin !== null && gtin !== passport.gtin) return false
  if (passport.lot !== null && lot !== null && lot !== passport.lot) return false
  return passport.serial === null || serial === null || serial === passport.serial
}

function classOf({ gtin, lot }: ProductPassport): string {
  return canonicalLink(gtin, { lot })
}

function attributesOf({ name, gtin, core }: ProductPassport): Json[] {
  const of = (id: string, value: string | null | undefined): Json[] =>
    value ? [{ id: `urn:epcglobal:cbv:mda#${id}`, attribute: value }] : []
  return [
    ...of('descriptionShort', name),
    ...of('tradeItemIdentification', gtin),
    ...of('tradeItemDescription', core.description),
    ...of('manufacturerOfTradeItemPartyName', core.manufacturer?.name),
    ...of('countryOfOrigin', core.country_of_production),
  ]
}

function eventOf(
  passport: ProductPassport,
  entry: RecallAction,
  all: ReadonlyMap<string, RecallAction>,
): Json[] {
  const step = steps[entry.action]
  if (!step) return []
  const { disposition, ...rest } = step
  const place = placeOf(entry.place)
  return [
    {
      type: 'ObjectEvent',
      eventID: `urn:uuid:${entry.id}`,
      eventTime: entry.done_at,
      eventTimeZoneOffset: offsetText(entry.utc_offset),
      recordTime: entry.created_at,
      ...goodsOf(passport, entry),
      ...rest,
      disposition,
      ...(place && { readPoint: { id: place } }),
      // A place in words has no field in the standard, but another vocabulary's may stand beside.
      ...(entry.place && !place && { 'https://schema.org/location': entry.place }),
      ...errorOf(entry, all),
    },
  ]
}

/** One item by its serial number; else how many of a lot or model. */
function goodsOf(passport: ProductPassport, entry: RecallAction): Json {
  const serial = entry.serial ?? passport.serial
  if (serial) return { epcList: [canonicalLink(passport.gtin, { serial })] }
  const epcClass = canonicalLink(passport.gtin, { lot: entry.lot ?? passport.lot })
  const uom = unitCodes[entry.unit.toLowerCase()]
  return { quantityList: [{ epcClass, quantity: entry.quantity, ...(uom && { uom }) }] }
}

/** UN/ECE Recommendation 20. Pieces have none: EPCIS counts where no unit is named. */
const unitCodes: Readonly<Record<string, string>> = { g: 'GRM', kg: 'KGM', t: 'TNE', ml: 'MLT', l: 'LTR' }

function errorOf(entry: RecallAction, all: ReadonlyMap<string, RecallAction>): Json {
  const right = all.get(entry.superseded_by_id ?? '')
  if (!right) return {}
  return {
    errorDeclaration: {
      declarationTime: right.created_at,
      reason: right.quantity === 0 ? 'did_not_occur' : 'incorrect_data',
      correctiveEventIDs: steps[right.action] ? [`urn:uuid:${right.id}`] : [],
    },
  }
}

function placeOf(place: string | null): string | undefined {
  if (place === null) return undefined
  return isGln(place) ? `https://id.gs1.org/414/${place}` : webUriOf(place)
}

/** `+02:00` of 120. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
