import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { describeExport, makeEveryExport } from '#server/features/product-passports/exports/make-exports.ts'
import { exportParts } from './export-judges.ts'
import { samplePassport, sampleSubject } from './sample-subject.ts'

describe('every export', () => {
  it('is the same bytes each time, wherever and whenever it is made', async () => {
    const first = (await makeEveryExport(sampleSubject(), exportParts)).map(describeExport)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const zone = process.env['TZ']
    process.env['TZ'] = 'Pacific/Apia'
    const scanned = sampleSubject('Plain', {
      passport: samplePassport('Plain', { scan_count: 99 }),
      business: sampleSubject().business,
    })
    const second = (await makeEveryExport(scanned, exportParts)).map(describeExport)
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(second).toEqual(first)
    expect(first.length).toBeGreaterThan(15)
  })

  it('is in the ZIP, which lists itself truly', async () => {
    const files = await makeEveryExport(sampleSubject(), exportParts)
    const zip = files.at(-1)
    const contents = unzipSync(new Uint8Array(zip?.body ?? []))
    const { files: listed } = JSON.parse(Buffer.from(contents['manifest.json'] ?? []).toString()) as {
      files: { filename: string; sha256: string; bytes: number }[]
    }
    expect(Object.keys(contents)).toHaveLength(files.length)
    expect(new Set(files.map(({ filename }) => filename)).size).toBe(files.length)
    for (const { filename, sha256, bytes } of listed) {
      const body = contents[filename] ?? new Uint8Array()
      expect(body.length).toBe(bytes)
      expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
    }
  })

  it('has a name that is no path, whatever the lot', async () => {
    const passport = samplePassport('x', { lot: '../../"x', serial: '%2e%2e' })
    for (const { filename } of await makeEveryExport(sampleSubject('x', { passport }), exportParts)) {
      expect(filename).toMatch(/^[A-Za-z0-9_-]+(\.[a-z0-9]+)+$/)
    }
  })
})
