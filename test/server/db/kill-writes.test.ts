import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { createClient, type Client } from '#contract/client.ts'
import { changeQrLink, createQrLink, deleteQrLink } from '#contract/qr-links.ts'
import { createToken } from '#contract/tokens.ts'
import { signInTo, startServedApp } from '#test/support/served-app.ts'

/** `QRSCAN_KILLS=200` for a long run. */
const kills = Number(process.env['QRSCAN_KILLS'] ?? 30)

const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-kills-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** What was answered of each link: its title, or null once it is deleted. */
const acknowledged = new Map<string, string | null>()
/** Changes that were sent and not answered: they may have happened or not. */
const doubtful = new Map<string, string | null>()

/** Makes, changes and deletes links, one after the other, until the server is gone. */
async function writeUntilGone(client: Client, writer: string): Promise<void> {
  for (let n = 0; ; n++) {
    const key = `${writer}-${n}`
    try {
      const body = { destination_url: 'https://example.com/', title: 'new', tags: [key] }
      const { id } = (await client.call(createQrLink, { body, headers: { 'Idempotency-Key': key } })).qr_link
      acknowledged.set(id, 'new')
      doubtful.set(id, 'changed')
      await client.call(changeQrLink, { params: { id }, body: { title: 'changed' } })
      acknowledged.set(id, 'changed')
      doubtful.delete(id)
      if (n % 3 > 0) continue
      doubtful.set(id, null)
      await client.call(deleteQrLink, { params: { id } })
      acknowledged.set(id, null)
      doubtful.delete(id)
    } catch {
      return
    }
  }
}

/** The file itself, whatever the server says: whole, every answered change in it, no half of one. */
function checkFile(): void {
  const file = new SqliteDatabase(join(dataDir, 'qrscan.sqlite'))
  expect(file.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  const rows = file.prepare('select id, seq, title, tags, deleted_at from qr_links').all() as {
    id: string
    seq: number
    title: string
    tags: string
    deleted_at: string | null
  }[]
  const found = new Map(rows.map((row) => [row.id, row.deleted_at === null ? row.title : null]))
  const lost = [...acknowledged].filter(
    ([id, state]) => found.get(id) !== state && found.get(id) !== doubtful.get(id),
  )
  expect(lost).toEqual([])
  const tags = new Map(
    file.prepare('select link_seq, tag from qr_link_tags').raw().all() as [number, string][],
  )
  const torn = rows.filter(({ seq, tags: own, deleted_at }) => {
    const expected = deleted_at === null ? (JSON.parse(own) as string[])[0] : undefined
    return tags.get(seq) !== expected
  })
  expect(torn).toEqual([])
  const keys = file.prepare('select count(*) from idempotency_keys').pluck().get()
  // A link and the answer kept under its key are one transaction.
  expect(keys).toBe(rows.length)
  file.close()
  for (const [id, state] of found) acknowledged.set(id, state)
  doubtful.clear()
}

it(
  `${kills} kills in the middle of writing lose no change that was answered`,
  async () => {
    let token = ''
    for (let round = 1; round <= kills; round++) {
      const app = await startServedApp({ dataDir })
      if (token === '') {
        const scopes = ['links:read' as const, 'links:write' as const]
        const body = { name: 'Writer', kind: 'api' as const, scopes, rate_per_minute: 100_000 }
        token = (await (await signInTo(app)).call(createToken, { body })).plain_text_token
      }
      const client = createClient({ baseUrl: app.url, token: () => token })
      const writers = [1, 2, 3].map((writer) => writeUntilGone(client, `${round}-${writer}`))
      await pause(20 + 230 * ((round * 0.618034) % 1))
      await app.kill()
      await Promise.all(writers)
      checkFile()
    }
    expect(acknowledged.size).toBeGreaterThan(kills)
    process.stdout.write(`${kills} kills, ${acknowledged.size} links, none lost\n`)
  },
  kills * 10_000 + 60_000,
)
