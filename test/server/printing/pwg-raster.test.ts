import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodePwgRaster, type RasterPage } from '#server/features/printing/transports/pwg-raster.ts'
import { drawQr } from '#server/features/tickets/raster-qr.ts'

const filter = '/usr/lib/cups/filter/rastertopdf'
const missing = [filter, '/usr/bin/pdftoppm', '/usr/bin/zbarimg'].filter((path) => !existsSync(path))
const a4 = { name: 'iso_a4_210x297mm', width: 210, height: 297 }

/** What CUPS's own reader of raster makes of it: codes that zbar reads, page by page. */
function codesOnPages(raster: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-raster-'))
  try {
    const file = join(folder, 'ticket.pwg')
    writeFileSync(file, raster)
    const env = { ...process.env, CONTENT_TYPE: 'image/pwg-raster' }
    const { stdout } = spawnSync(filter, ['1', 'user', 'title', '1', '', file], {
      env,
      maxBuffer: 50_000_000,
    })
    writeFileSync(join(folder, 'ticket.pdf'), stdout)
    execFileSync('pdftoppm', ['-r', '120', '-png', join(folder, 'ticket.pdf'), join(folder, 'page')], {
      stdio: 'ignore',
    })
    const pages = readdirSync(folder).filter((name) => name.endsWith('.png'))
    return pages.toSorted().map((name) => {
      const read = spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', join(folder, name)])
      return read.stdout.toString('utf8').trim()
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(missing.length > 0)(
  `a ticket as PWG Raster, read by CUPS${missing.length > 0 ? ` (skipped: ${missing.join(', ')} is not there)` : ''}`,
  () => {
    const ways: readonly RasterPage[] = [
      { dpi: 300, type: 'sgray_8', media: a4 },
      { dpi: 600, type: 'black_1', media: { name: 'na_letter_8.5x11in', width: 215.9, height: 279.4 } },
      { dpi: 203, type: 'srgb_8', media: a4 },
    ]
    it.each(ways)('at $dpi dpi as $type has a code that a phone reads', (page) => {
      expect(codesOnPages(encodePwgRaster(drawQr('https://qrscan.ink/k42', 576, 6), page))).toEqual([
        'https://qrscan.ink/k42',
      ])
    })

    it('goes over as many sheets as it needs', () => {
      const one = drawQr('first', 576, 8)
      const two = drawQr('second', 576, 8)
      // The second code stands where the second sheet begins: 285 mm of 297 hold a ticket's rows.
      const gap = Buffer.alloc(one.stride * (285 * 8 - one.height))
      const data = Buffer.concat([one.data, gap, two.data])
      const long = { stride: one.stride, height: data.length / one.stride, data }
      expect(codesOnPages(encodePwgRaster(long, { dpi: 300, type: 'sgray_8', media: a4 }))).toEqual([
        'first',
        'second',
      ])
    })
  },
)

describe('a ticket as PWG Raster', () => {
  it('is one white sheet where nothing is on it, with every row accounted for', () => {
    const raster = encodePwgRaster(
      { stride: 72, height: 0, data: Buffer.alloc(0) },
      { dpi: 300, type: 'sgray_8', media: a4 },
    )
    expect(raster.subarray(0, 4).toString('latin1')).toBe('RaS2')
    const [width, height] = [372, 376].map((at) => raster.readUInt32BE(4 + at))
    let rows = 0
    for (let at = 4 + 1796; at < raster.length;) {
      rows += raster[at++]! + 1
      for (let pixels = 0; pixels < width!; at += 2) pixels += raster[at]! + 1
    }
    expect([width, height, rows]).toEqual([2480, 3508, 3508])
  })
})
