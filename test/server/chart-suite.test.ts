import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timestamp } from '#server/clock.ts'
import type { Database } from '#server/db/open.ts'
import { takeSequence } from '#server/db/sequence.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { analyseScans } from '#server/features/qr-links/analytics.ts'
import { startOfBucket, type Interval } from '#server/features/qr-links/intervals.ts'
import { insertQrLink } from '#server/features/qr-links/store.ts'
import type { QrLinkRow } from '#server/features/qr-links/table.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.parse('2026-11-23T09:30:00Z')

describe.each(databases)('a chart on %s', (_name, open) => {
  let database: Database
  let businessId = ''
  beforeAll(async () => {
    database = await open()
    businessId = (await ensureOwner(database.db, now)).businessId
  }, 60_000)
  afterAll(() => database.close())

  it('counts in the days, weeks and months of the business, also where the clocks change', async () => {
    const row = await insertQrLink(database.db, businessId, { destination_url: 'https://example.com' }, now)
    // In Berlin the first is still Saturday, the last already Monday; the day between has 23 hours.
    await scan(row, '2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00Z', '2026-03-29T12:00:00Z')
    await scan(row, '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z')
    const chart = async (...span: [Interval, string, string, string]) => {
      const { series } = await analyse(row, ...span)
      return series.map(({ start, scans }) => [start.slice(0, 16), scans])
    }
    expect(await chart('day', 'Europe/Berlin', '2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z')).toEqual([
      ['2026-03-27T23:00', 1],
      ['2026-03-28T23:00', 3],
      ['2026-03-29T22:00', 1],
    ])
    expect(await chart('week', 'Europe/Berlin', '2026-03-25T00:00:00Z', '2026-04-01T00:00:00Z')).toEqual([
      ['2026-03-22T23:00', 4],
      ['2026-03-29T22:00', 1],
    ])
    expect(
      await chart('month', 'Asia/Kathmandu', '2026-03-28T22:59:59.999Z', '2026-03-29T22:00:00Z'),
    ).toEqual([['2026-02-28T18:15', 4]])
    // In Santiago the clocks skip midnight: the day starts at one, not at eleven the night before.
    await scan(row, '2026-09-06T03:59:59.999Z', '2026-09-06T04:00:00Z')
    expect(await chart('day', 'America/Santiago', '2026-09-05T12:00:00Z', '2026-09-07T03:00:00Z')).toEqual([
      ['2026-09-05T04:00', 1],
      ['2026-09-06T04:00', 1],
    ])
  })

  async function scan({ seq }: Pick<QrLinkRow, 'seq'>, ...times: string[]): Promise<void> {
    for (const time of times) {
      const place = { seq: await takeSequence(database.db, 'qr_scans'), link_seq: seq }
      const what = { device: 'ios', language: null, referrer_host: null }
      const row = { ...place, ...what, scanned_at: timestamp(Date.parse(time)) }
      await database.db.insertInto('qr_scans').values(row).execute()
    }
  }
  const analyse = ({ seq }: QrLinkRow, interval: Interval, timezone: string, from: string, to: string) =>
    analyseScans(database.readers, seq, { interval, timezone, from: Date.parse(from), to: Date.parse(to) })
})

/** Zones that change their clocks at midnight, by half an hour, or are not whole hours from UTC. */
const hardZones = [
  'Africa/Cairo',
  'America/Havana',
  'America/Santiago',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
]

it('a day starts on its own date and no moment earlier, in the hard zones too, all through the year', () => {
  const day = 86_400_000
  const wrong = hardZones.filter((timeZone) => {
    const date = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' })
    return Array.from({ length: 365 }, (_, n) => Date.UTC(2026, 0, 1, 12) + n * day).some((noon) => {
      const start = startOfBucket(noon, 'day', timeZone)
      return date.format(start) !== date.format(noon) || date.format(start - 1) === date.format(noon)
    })
  })
  expect(wrong).toEqual([])
})
