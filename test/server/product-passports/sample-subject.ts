import type { ProductPassport } from '#contract/product-passports.ts'
import type { RecallAction } from '#contract/recall-actions.ts'
import type { ExportSubject } from '#server/features/product-passports/exports/export-subject.ts'

/** A battery with everything a passport may say. `text` stands in every field that takes a text. */
export function samplePassport(text = 'Plain', more: Partial<ProductPassport> = {}): ProductPassport {
  const party = { name: text, id: text, address: text, email: text, url: text }
  return {
    id: '01939b2e-6c00-7000-8000-000000000001',
    business_id: '01939b2e-6c00-7000-8000-0000000000b1',
    name: text,
    gtin: '09506000134352',
    granularity: 'item',
    lot: 'LOT/7',
    serial: 'S(1)',
    profile: 'battery',
    status: 'published',
    core: {
      description: text,
      brand: text,
      model: text,
      category: text,
      commodity_code: text,
      country_of_production: 'AT',
      produced_on: '2026-10-01',
      manufacturer: { ...party, id: '9506000140445' },
      importer: party,
      responsible_operator: party,
      facility: party,
      weight_grams: 12_500,
      materials: [
        { name: text, share: 4000, recycled_share: 5000, origin_country: 'CL', is_hazardous: true },
        { name: text, share: 6000, recycled_share: 0 },
      ],
      documents: [
        { kind: 'conformity', title: text, url: 'https://example.com/d?a=1&b={x}|"é"', language: text },
        { kind: 'repair', title: text, url: 'https://example.com/repair' },
      ],
      images: ['https://example.com/a b.png'],
      repair: text,
      disposal: text,
      warranty: text,
    },
    extension: {
      battery_category: 'electric_vehicle',
      chemistry: text,
      rated_capacity: 50.5,
      separate_collection: true,
      cathode: `SECRET-AUTHORITY ${text}`,
      battery_status: 'original',
      in_service_on: '2026-11-01',
    },
    links: [
      { type: 'gs1:instructions', url: 'https://example.com/de', title: text, language: 'de' },
      { type: 'gs1:instructions', url: 'https://example.com/en', title: text, language: 'en' },
      { type: 'gs1:gtin', url: 'https://example.com/gtin', title: text, language: null },
    ],
    digital_link: 'https://qrscan.ink/01/09506000134352/10/LOT%2F7/21/S(1)',
    revision: 3,
    recall_id: null,
    scan_count: 7,
    created_at: '2026-11-20T09:30:00.000000Z',
    updated_at: '2026-11-23T09:30:00.000000Z',
    ...more,
  }
}

export function sampleAction(more: Partial<RecallAction> = {}): RecallAction {
  return {
    id: '01939b2e-6c00-7000-8000-0000000000a1',
    recall_id: '01939b2e-6c00-7000-8000-0000000000c1',
    recall_revision: 1,
    action: 'quarantined',
    quantity: 12,
    unit: 'pieces',
    place: null,
    person: null,
    by: 'This device',
    witness: null,
    note: null,
    photos: [],
    scan: null,
    gtin: null,
    lot: null,
    serial: null,
    verdict: 'recalled',
    answer: null,
    data_version: null,
    done_at: '2026-11-23T11:00:00.000000Z',
    utc_offset: 60,
    device: 'Counter',
    supersedes_id: null,
    superseded_by_id: null,
    sequence: 1,
    recall_sequence: 1,
    recall_previous_hash: '0',
    is_mock: false,
    previous_hash: '0',
    hash: '1',
    created_at: '2026-11-23T11:00:01.000000Z',
    ...more,
  }
}

export function sampleSubject(text?: string, more: Partial<ExportSubject> = {}): ExportSubject {
  return {
    passport: samplePassport(text),
    business: { id: '01939b2e-6c00-7000-8000-0000000000b1', name: text ?? 'Zur Linde' },
    isRecalled: false,
    actions: [],
    ...more,
  }
}
