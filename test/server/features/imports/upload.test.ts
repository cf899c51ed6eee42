import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiveUpload } from '#server/features/imports/upload.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qrscan-upload-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const requestOf = (body: Readable, type = 'text/csv') =>
  ({ body, headers: { 'content-type': type } }) as unknown as FastifyRequest

/** Blocks of a thousand bytes for ever, counting them. */
function endless() {
  const sent = { bytes: 0 }
  const block = Buffer.alloc(1000, 'a')
  function* blocks() {
    for (;;) {
      sent.bytes += block.length
      yield block
    }
  }
  return { sent, body: Readable.from(blocks()) }
}

test('a body that never says its size is stopped at the limit, and nothing of it stays', async () => {
  const path = join(folder, 'a.upload')
  const { sent, body } = endless()
  const work = receiveUpload(requestOf(body), {}, path, { largest: 100_000 })
  await expect(work).rejects.toMatchObject({ status: 413 })
  expect(sent.bytes).toBeLessThan(150_000)
  expect(existsSync(path)).toBe(false)
})

test('a file of exactly the limit is taken', async () => {
  const path = join(folder, 'a.upload')
  const upload = await receiveUpload(requestOf(Readable.from([Buffer.alloc(1000)])), {}, path, {
    largest: 1000,
  })
  expect(upload.size).toBe(1000)
})

test('a form whose file is one byte too large is refused as well', async () => {
  const form = new FormData()
  form.set('file', new Blob(['x'.repeat(1001)]), 'a.csv')
  const sent = new Response(form)
  const body = Readable.from([Buffer.from(await sent.arrayBuffer())])
  const path = join(folder, 'a.upload')
  const work = receiveUpload(requestOf(body, sent.headers.get('content-type') ?? ''), {}, path, {
    largest: 1000,
  })
  await expect(work).rejects.toMatchObject({ status: 413 })
  expect(existsSync(path)).toBe(false)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\links.csv', 'links.csv'],
  ['a\u0000b\n.csv', 'ab.csv'],
  ['', 'upload.csv'],
  ['x'.repeat(400), 'x'.repeat(255)],
])('the name %j is kept as %j', async (filename, kept) => {
  const upload = await receiveUpload(
    requestOf(Readable.from([Buffer.from('a')])),
    { filename },
    join(folder, 'a'),
  )
  expect(upload.filename).toBe(kept)
})
