import { describe, expect, it } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { writeIcalendar } from '#server/features/wallet/icalendar.ts'
import { writeVcard } from '#server/features/wallet/vcard.ts'
import { findIcalJs, findVobject, type CardJudge, type ReadProperty } from '#test/support/card-judges.ts'
import { hostileTexts } from '#test/support/hostile-card-texts.ts'

const judges = [findVobject(), await findIcalJs()].filter((judge): judge is CardJudge => judge !== undefined)
const why = judges.length < 2 ? ' (needs python3-vobject, and ical.js installed or in ICAL_JS)' : ''

function cardOf(text: string): WalletPass {
  const address = { street: text, city: text, region: text, postal_code: text, country: text }
  return {
    id: '019ab0c0-0000-7000-8000-000000000000',
    business_id: 'b',
    kind: 'contact',
    title: text,
    subtitle: text,
    contact: {
      given_name: text,
      family_name: text,
      prefix: text,
      suffix: text,
      organization: text,
      department: text,
      job_title: text,
      phones: [{ label: 'work', value: text }],
      emails: [{ label: 'home', value: text }],
      website: `https://example.com/${encodeURIComponent(text.toWellFormed())}`,
      address,
      note: text,
    },
    event: null,
    look: {},
    code_text: null,
    qr_link_id: null,
    locale: 'en',
    translations: {},
    import_id: null,
    created_at: '2026-11-23T09:30:00.000000Z',
    updated_at: '2026-11-23T09:30:00.000000Z',
  }
}

function eventOf(text: string): WalletPass {
  return {
    ...cardOf(text),
    kind: 'event',
    contact: null,
    event: {
      starts_at: '2026-12-01T18:00:00.000000Z',
      ends_at: '2026-12-01T20:00:00.000000Z',
      location: text,
      organizer: text,
      organizer_email: 'host@example.com',
      website: 'https://example.com/',
      description: text,
      reminder_minutes: 30,
    },
  }
}

const names = (properties: ReadProperty[]) =>
  properties.map(([name, value]) => (name === 'BEGIN' ? `BEGIN ${String(value)}` : name)).toSorted()
const valueOf = (properties: ReadProperty[], name: string) => properties.find(([key]) => key === name)?.[1]

/** Each judge has faults of its own: only what none of them reads right is ours. */
function expectOneReads(reads: readonly ReadProperty[][], name: string, wanted: unknown): void {
  const values = reads.map((properties) => valueOf(properties, name))
  expect({ name, values }).toEqual({ name, values: expect.arrayContaining([wanted]) })
}

/** What is written, folded lines and all, as the standards demand of it. */
function expectWellFormed(text: string): void {
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(line).not.toMatch(/[\r\n]/)
    expect(line.isWellFormed()).toBe(true)
  }
  expect(text.endsWith('\r\n')).toBe(true)
}

describe.skipIf(judges.length < 2)(`hostile text, read by two judges${why}`, () => {
  for (const version of ['3.0', '4.0'] as const) {
    it(`changes nothing but its field in a vCard ${version}`, () => {
      const plain = judges.map((judge) => judge([writeVcard(cardOf('plain'), { version })])[0]!)
      const files = hostileTexts.map(([typed]) => writeVcard(cardOf(typed), { version }))
      files.forEach(expectWellFormed)
      const reads = judges.map((judge) => judge(files))
      for (const [at, [, kept]] of hostileTexts.entries()) {
        const ours = reads.map((read) => read[at]!)
        ours.forEach((components, judge) => {
          expect({ kept, count: components.length }).toEqual({ kept, count: 1 })
          expect(names(components[0]!)).toEqual(names(plain[judge]![0]!))
        })
        const each = ours.map(([properties]) => properties!)
        for (const name of ['FN', 'TITLE', 'NOTE', 'TEL', 'EMAIL']) expectOneReads(each, name, kept)
        expectOneReads(each, 'N', [kept, kept, '', kept, kept])
        expectOneReads(each, 'ORG', [kept, kept])
        expectOneReads(each, 'ADR', ['', '', kept, kept, kept, kept, kept])
      }
    })
  }

  it('changes nothing but its field in a calendar entry', () => {
    const plain = judges.map((judge) => judge([writeIcalendar(eventOf('plain'))])[0]!)
    const files = hostileTexts.map(([typed]) => writeIcalendar(eventOf(typed)))
    files.forEach(expectWellFormed)
    const reads = judges.map((judge) => judge(files))
    for (const [at, [, kept]] of hostileTexts.entries()) {
      const each = reads.map((read, judge) => {
        expect({ kept, count: read[at]!.length }).toEqual({ kept, count: 1 })
        expect(names(read[at]![0]!)).toEqual(names(plain[judge]![0]!))
        return read[at]![0]!
      })
      expectOneReads(each, 'SUMMARY', kept)
      expectOneReads(each, 'LOCATION', kept)
      expectOneReads(each, 'DESCRIPTION', `${kept}\n\n${kept}`)
      const organizers = each.map((properties) => properties.find(([name]) => name === 'ORGANIZER')!)
      for (const [, value] of organizers) expect(String(value).toLowerCase()).toBe('mailto:host@example.com')
    }
  })
})
