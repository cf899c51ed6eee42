import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createQrLink, listQrLinks } from '#contract/qr-links.ts'
import { startTestServer } from '#test/support/server.ts'

const disk = mkdtempSync(join(tmpdir(), 'qrscan-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

// Only who may mount a small disk can fill one without harm.
it.skipIf(!mounted)(
  'a full disk is told as such, loses nothing, and is over when there is room',
  async () => {
    const dataDir = join(disk, 'data')
    mkdirSync(dataDir)
    const filler = join(disk, 'filler')
    writeFileSync(filler, Buffer.alloc(2 * 1024 * 1024))
    await using server = await startTestServer({ dataDir })
    const body = { destination_url: 'https://example.com/', notes: 'x'.repeat(5000) }
    const made: string[] = []
    const write = () => server.window.call(createQrLink, { body })
    async function fill(): Promise<unknown> {
      for (let n = 0; n < 5000; n++) {
        try {
          made.push((await write()).qr_link.id)
        } catch (error) {
          return error
        }
      }
      return 'the disk never filled'
    }
    expect(await fill()).toMatchObject({ status: 500, message: expect.stringMatching(/^The disk is full\./) })
    // Not even the log has room: that must not change an answer.
    expect(() => {
      for (let n = 0; ; n++) writeFileSync(join(disk, `rest-${n}`), 'x'.repeat(4096))
    }).toThrow(/ENOSPC/)
    for (let n = 0; n < 20; n++) {
      await expect(write()).rejects.toMatchObject({ message: expect.stringMatching(/^The disk is full\./) })
    }
    const full = await server.window.call(listQrLinks, { query: { per_page: 100 } })
    expect(full.qr_links.total).toBe(made.length)
    const { slug } = full.qr_links.data[0]!
    expect((await server.fetch(`/r/${slug}`)).status).toBe(302)
    rmSync(filler)
    made.push((await write()).qr_link.id)
    expect((await server.window.call(listQrLinks)).qr_links.total).toBe(made.length)
  },
)
