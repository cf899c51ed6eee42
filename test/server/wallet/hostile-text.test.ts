import { describe, expect, it, test } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { writeIcalendar } from '#server/features/wallet/icalendar.ts'
import { writeVcard } from '#server/features/wallet/vcard.ts'
import { findVobject, readWithIcalJs, type CardJudge, type ReadProperty } from '#test/support/card-judges.ts'
import { hostileTexts } from '#test/support/hostile-card-texts.ts'
import {
  differencesOf,
  freeFields,
  markedCard,
  placesOf,
  withField,
  type Places,
} from '#test/support/hostile-fields.ts'

const vobject = findVobject()
const judges: CardJudge[] = [readWithIcalJs, ...(vobject ? [vobject] : [])]
if (!vobject) console.warn('Cards are read by ical.js alone: there is no python3-vobject.')

interface Format {
  name: string
  kind: WalletPass['kind']
  write: (card: WalletPass) => string
  /** Fields that the format has no place for. */
  without: readonly string[]
}

const formats: readonly Format[] = [
  ...(['3.0', '4.0'] as const).map((version) => ({
    name: `vCard ${version}`,
    kind: 'contact' as const,
    write: (card: WalletPass) => writeVcard(card, { version }),
    without: ['subtitle'],
  })),
  { name: 'calendar entry', kind: 'event', write: (card) => writeIcalendar(card), without: [] },
]

/** RFC 6868, which vobject does not know: what ical.js reads for itself. */
function withoutCarets(text: string): string {
  const signs: Record<string, string> = { '^^': '^', '^n': '\n', "^'": '"' }
  return text.replaceAll(/\^[\^n']/g, (sign) => signs[sign]!)
}

function placesIn(properties: readonly ReadProperty[], judge: CardJudge): Places {
  const places: Record<string, string> = {}
  const counts = new Map<string, number>()
  for (const [name, value, parameters] of properties) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    for (const [at, part] of [value].flat().entries()) places[`${name} ${count}.${at}`] = String(part)
    for (const [key, words] of Object.entries(parameters)) {
      const text = [words].flat().join(',')
      places[`${name} ${count};${key.toUpperCase()}`] = judge === vobject ? withoutCarets(text) : text
    }
  }
  return places
}

/** What is written, folded lines and all, as the standards demand of it. */
function expectWellFormed(text: string): void {
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    // oxlint-disable-next-line no-control-regex -- none of these may be left
    expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/)
    expect(line.isWellFormed()).toBe(true)
  }
  expect(text.endsWith('\r\n')).toBe(true)
}

describe.each(formats)('hostile text in a $name', ({ kind, write, without }) => {
  const fields = freeFields[kind].filter((path) => !without.includes(path))
  const card = markedCard(kind)
  const cases = fields.flatMap((path) => hostileTexts.map(([typed, kept]) => ({ path, typed, kept })))
  const files = cases.map(({ path, typed }) => write(withField(card, path, typed)))
  const plainFile = write(card)

  it('leaves every line whole and short', () => {
    files.forEach(expectWellFormed)
  })

  it('changes nothing but its field, whichever that is: a reader at least finds every place as it should be', () => {
    const reads = judges.map((judge) => {
      const [plain, ...read] = judge([plainFile, ...files]).map((components) => {
        expect(components).toHaveLength(1)
        return placesIn(components[0]!, judge)
      })
      expect(fields.filter((path) => placesOf(plain!, path).length === 0)).toEqual([])
      return { plain: plain!, read }
    })
    // Each reader has faults of its own: only what none of them reads right is ours.
    const wrong = cases.flatMap(({ path, kept }, at) => {
      const found = reads.map(({ plain, read }) => differencesOf(plain, read[at]!, path, kept))
      return found.some((differences) => differences.length === 0) ? [] : found
    })
    expect(wrong).toEqual([])
  })

  it('names the same properties to every reader', () => {
    for (const judge of judges) {
      const [plain, ...read] = judge([plainFile, ...files]).map(([properties]) =>
        properties!.map(([name, value]) => (name === 'BEGIN' ? `BEGIN ${String(value)}` : name)).join(),
      )
      expect(new Set(read)).toEqual(new Set([plain]))
    }
  })

  it('cannot break out of its web address', () => {
    const websites = hostileTexts.map(([typed]) =>
      write(withField(card, `${kind}.website`, `https://example.com/?q=${typed}`)),
    )
    websites.forEach(expectWellFormed)
    for (const judge of judges) {
      const [plain, ...read] = judge([plainFile, ...websites]).map(([properties]) => {
        const { 'URL 1.0': url = '', ...rest } = placesIn(properties!, judge)
        return { url, rest }
      })
      for (const { url, rest } of read) {
        expect(url).toMatch(/^https:\/\/example\.com\/\?q=[!-[\]-~]*$/)
        expect(rest).toEqual(plain!.rest)
      }
    }
  })
})

describe('the name of who invites', () => {
  test.each(['Smith, "Jo"; x', "caret ^ ^^ ^n ^'", 'line\nbreak', 'Zoë: 牛'])(
    '%j comes back',
    (organizer) => {
      const file = writeIcalendar(withField(markedCard('event'), 'event.organizer', organizer))
      const [places] = judges.map((judge) => placesIn(judge([file])[0]![0]!, judge))
      expect(places!['ORGANIZER 1;CN']).toBe(organizer)
    },
  )

  it('is kept where there is no mail address to invite from', () => {
    const card = markedCard('event')
    const file = writeIcalendar({ ...card, event: { ...card.event!, organizer_email: null } })
    for (const judge of judges) {
      const places = placesIn(judge([file])[0]![0]!, judge)
      expect(places['CONTACT 1.0']).toBe(card.event!.organizer)
      expect(places).not.toHaveProperty(['ORGANIZER 1.0'])
    }
  })
})
