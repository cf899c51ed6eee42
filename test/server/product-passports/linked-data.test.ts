import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passportEpcis } from '#server/features/product-passports/exports/epcis.ts'
import { passportJsonLd } from '#server/features/product-passports/exports/jsonld.ts'
import { passportLinkset } from '#server/features/product-passports/exports/linkset-file.ts'
import { makeEveryExport } from '#server/features/product-passports/exports/make-exports.ts'
import { passportUntp } from '#server/features/product-passports/exports/untp.ts'
import { exportParts, hostile, judge } from './export-judges.ts'
import { sampleAction, samplePassport, sampleSubject } from './sample-subject.ts'

const untp = judge('untp-dpp.schema.json', true)
const epcis = judge('epcis-2.0.schema.json', false)

describe('UNTP', () => {
  it.skipIf(!untp)('takes the passport of everything and of next to nothing (needs ../shared/data)', () => {
    const bare = samplePassport('Bare', { core: {}, extension: {}, links: [], profile: 'general', lot: null })
    for (const subject of [
      sampleSubject(),
      sampleSubject('x', { passport: bare }),
      ...hostile.map((t) => sampleSubject(t)),
    ]) {
      untp?.(JSON.parse(JSON.stringify(passportUntp(subject))))
      expect(untp?.errors ?? []).toEqual([])
    }
  })

  it.skipIf(!untp)('is really judged: a wrong level, a claim about nothing, an address that is none', () => {
    const good = passportUntp(sampleSubject()) as {
      credentialSubject: Record<string, unknown>
      issuer: object
    }
    expect(
      untp?.({ ...good, credentialSubject: { ...good.credentialSubject, granularityLevel: 'lot' } }),
    ).toBe(false)
    expect(untp?.({ ...good, issuer: { ...good.issuer, id: 'not a uri' } })).toBe(false)
  })

  it('says how much is recycled where the materials say it all, and never guesses', () => {
    const card = (materials: NonNullable<ReturnType<typeof samplePassport>['core']['materials']>) => {
      const passport = samplePassport('x', { core: { materials } })
      const { credentialSubject } = passportUntp(sampleSubject('x', { passport })) as {
        credentialSubject: { circularityScorecard?: { recycledContent?: number } }
      }
      return credentialSubject.circularityScorecard?.recycledContent
    }
    expect(
      card([
        { name: 'a', share: 4000, recycled_share: 5000 },
        { name: 'b', share: 6000, recycled_share: 0 },
      ]),
    ).toBe(0.2)
    expect(card([{ name: 'a', share: 4000, recycled_share: 5000 }])).toBeUndefined()
    expect(card([{ name: 'a', share: 10_000 }])).toBeUndefined()
  })

  it('and JSON-LD, page, PDF and linkset hold nothing that is for authorities or the business', async () => {
    const subject = sampleSubject()
    const all = await makeEveryExport(subject, exportParts)
    for (const format of ['untp', 'jsonld', 'html', 'linkset', 'epcis'] as const) {
      const text = all.find((file) => file.format === format)?.body.toString() ?? ''
      expect(text).toContain('09506000134352')
      expect(text).not.toMatch(/SECRET-AUTHORITY|battery_status/)
    }
    for (const format of ['json', 'csv'] as const) {
      expect(all.find((file) => file.format === format)?.body.toString()).toContain('SECRET-AUTHORITY')
    }
  })
})

describe('EPCIS', () => {
  const actions = [
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a1',
      superseded_by_id: '01939b2e-6c00-7000-8000-0000000000a2',
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a2',
      quantity: 11,
      supersedes_id: '01939b2e-6c00-7000-8000-0000000000a1',
      place: '9506000140445',
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a3',
      action: 'returned',
      unit: 'kg',
      place: 'Back room',
      utc_offset: -210,
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a4',
      action: 'destroyed',
      quantity: 1,
      serial: 'S-9',
    }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a5', action: 'corrected', lot: 'L(2)' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a6', action: 'notified' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a7', action: 'not_found' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a8', gtin: '09506000134376' }),
  ]
  const model = samplePassport('Oats', { granularity: 'model', lot: null, serial: null })
  const eventsOf = (subject = sampleSubject('Oats', { passport: model, actions })) =>
    (passportEpcis(subject) as { epcisBody: { eventList: Record<string, unknown>[] } }).epcisBody.eventList

  it.skipIf(!epcis)('keeps its schema, whatever the texts (needs ../shared/data)', () => {
    const subjects = [sampleSubject(), sampleSubject('Oats', { passport: model, actions })]
    for (const text of hostile) {
      const rough = actions.map((action) => ({ ...action, place: text, unit: text, note: text }))
      subjects.push(sampleSubject(text, { passport: { ...model, name: text }, actions: rough }))
    }
    for (const subject of subjects) {
      epcis?.(JSON.parse(JSON.stringify(passportEpcis(subject))))
      expect(epcis?.errors ?? []).toEqual([])
    }
  })

  it.skipIf(!epcis)('is really judged: an invented step and a free field are refused', () => {
    const document = passportEpcis(sampleSubject('Oats', { passport: model, actions })) as {
      epcisBody: object
    }
    const [first] = eventsOf()
    expect(epcis?.({ ...document, epcisBody: { eventList: [{ ...first, bizStep: 'quarantined' }] } })).toBe(
      false,
    )
    expect(epcis?.({ ...document, epcisBody: { eventList: [{ ...first, place: 'x' }] } })).toBe(false)
  })

  it('tells quarantine, return, destruction and repair in GS1’s words', () => {
    const events = eventsOf()
    expect(events.map(({ bizStep, disposition, action }) => [bizStep, disposition, action])).toEqual([
      ['holding', 'recalled', 'OBSERVE'],
      ['holding', 'recalled', 'OBSERVE'],
      ['shipping', 'returned', 'OBSERVE'],
      ['destroying', 'destroyed', 'DELETE'],
      ['repairing', 'conformant', 'OBSERVE'],
    ])
    expect(events[0]).toMatchObject({
      persistentDisposition: { set: ['recalled'] },
      errorDeclaration: {
        reason: 'incorrect_data',
        correctiveEventIDs: ['urn:uuid:01939b2e-6c00-7000-8000-0000000000a2'],
      },
    })
    expect(events[1]).toMatchObject({ readPoint: { id: 'https://id.gs1.org/414/9506000140445' } })
    expect(events[2]).toMatchObject({
      eventTimeZoneOffset: '-03:30',
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09506000134352', quantity: 12, uom: 'KGM' }],
      'https://schema.org/location': 'Back room',
    })
    expect(events[3]).toMatchObject({ epcList: ['https://id.gs1.org/01/09506000134352/21/S-9'] })
    expect(events[4]).toMatchObject({
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09506000134352/10/L(2)', quantity: 12 }],
    })
  })
})

describe('JSON-LD and linkset', () => {
  it('name the goods, and no link takes the place of a property', () => {
    const document = passportJsonLd(sampleSubject())
    expect(document).toMatchObject({
      '@type': ['IndividualProduct', 'gs1:Product'],
      gtin: '09506000134352',
      'gs1:gtin': '09506000134352',
      'gs1:isProductRecalled': false,
      'gs1:instructions': [{ '@id': 'https://example.com/de' }, { '@id': 'https://example.com/en' }],
    })
    expect(passportJsonLd(sampleSubject('x', { isRecalled: true }))).toMatchObject({
      'gs1:isProductRecalled': true,
    })
  })

  it('have one default link without attributes, the others beside it', () => {
    const links = [
      { type: 'gs1:defaultLink', url: 'https://example.com/de', title: 'Deutsch', language: 'de' },
      { type: 'gs1:defaultLink', url: 'https://example.com/en', title: 'English', language: 'en' },
    ]
    const [context] = passportLinkset(samplePassport('x', { links })).linkset
    expect(context).toMatchObject({
      anchor: 'https://qrscan.ink/01/09506000134352/10/LOT%2F7/21/S(1)',
      'https://gs1.org/voc/defaultLink': [{ href: 'https://example.com/de', title: 'Deutsch' }],
      'https://gs1.org/voc/pip': [{ href: 'https://qrscan.ink/01/09506000134352/10/LOT%2F7/21/S(1)' }],
    })
    expect(context?.['https://gs1.org/voc/defaultLinkMulti']).toHaveLength(2)
  })
})

describe('any text', () => {
  const anyText = string({ unit: 'binary', maxLength: 80 })

  it.skipIf(!untp || !epcis)('leaves UNTP and EPCIS valid (needs ../shared/data)', () => {
    assert(
      property(anyText, anyText, (text, tail) => {
        const subject = sampleSubject(text)
        const { core } = subject.passport
        for (const document of core.documents ?? []) document.url = `https://example.com/${tail}`
        if (core.importer) core.importer.url = `https://me:secret@example.com/${tail}?${text}#${tail}`
        if (core.facility) core.facility.id = `urn:abc:${text}`
        if (core.manufacturer) core.manufacturer.id = tail
        const actions = [
          sampleAction({ place: `https://example.com/${text}`, unit: tail, lot: 'A', serial: null }),
        ]
        untp?.(JSON.parse(JSON.stringify(passportUntp(subject))))
        expect(untp?.errors ?? []).toEqual([])
        epcis?.(JSON.parse(JSON.stringify(passportEpcis({ ...subject, actions }))))
        expect(epcis?.errors ?? []).toEqual([])
        expect(JSON.stringify(passportJsonLd(subject))).not.toContain('secret')
      }),
      { numRuns: 300 },
    )
  })
})
