import pino from 'pino'
import { describe, expect, it } from 'vitest'
import type { Database } from '#server/db/open.ts'
import { PassportScanRecorder, type PassportScan } from '#server/features/resolver/scan-recorder.ts'
import { databases } from '#test/support/databases.ts'

const log = pino({ level: 'silent' })
const at = Date.parse('2026-11-23T09:00:00Z')
const scan: PassportScan = {
  passportId: 'p1',
  at,
  lot: 'L1',
  serial: null,
  linkType: null,
  verdict: null,
  device: 'ios',
  language: 'de',
}

async function scansOf({ db }: Database): Promise<number> {
  const { scans } = await db
    .selectFrom('passport_scans')
    .select((e) => e.fn.countAll().as('scans'))
    .executeTakeFirstOrThrow()
  return Number(scans)
}

describe.each(databases)('scans of passports on %s', (_name, open) => {
  it('are all written, many in one go, and counted', async () => {
    const database = await open()
    const recorder = new PassportScanRecorder(database, log)
    for (let index = 0; index < 1234; index++) recorder.record({ ...scan, at: at + index })
    await recorder.close()
    expect(await scansOf(database)).toBe(1234)
    await database.close()
  })

  it('wait for a database that cannot be written, and are written once', async () => {
    const database = await open()
    let broken = true
    const db = new Proxy(database.db, {
      get(target, name) {
        if (name === 'transaction' && broken) throw new Error('The disk is full.')
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const recorder = new PassportScanRecorder({ db }, log)
    recorder.record(scan)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await scansOf(database)).toBe(0)
    broken = false
    recorder.record(scan)
    await recorder.close()
    expect(await scansOf(database)).toBe(2)
    await database.close()
  })
})
