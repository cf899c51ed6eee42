import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRecordServer, type RecordServer } from './record-server.ts'

const jpeg = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)])
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('…')])
const webp = Buffer.from('RIFF\x10\0\0\0WEBPVP8 ')
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

interface Kept {
  photo: { id: string; sha256: string; size: number }
}

let server: RecordServer
beforeAll(async () => {
  server = await startRecordServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const keep = async (bytes: Buffer, type?: string) =>
  ((await (await server.photo(bytes, type)).json()) as Kept).photo
const show = (id: string) => server.fetch(`/api/recalls/${server.recall}/photos/${id}`)
const fileOf = (hash: string) => join(server.test.dataDir, 'recall-photos', hash.slice(0, 2), hash)

describe('a photo', () => {
  it('lies under its own hash, for its owner alone, and comes back byte for byte', async () => {
    const bytes = jpeg('a pallet')
    const photo = await keep(bytes)
    expect(photo).toMatchObject({ sha256: hashOf(bytes), size: bytes.length })
    expect(readFileSync(fileOf(photo.sha256))).toEqual(bytes)
    expect(statSync(fileOf(photo.sha256)).mode & 0o077).toBe(0)
    const shown = await show(photo.id)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes)
  })

  it('is named in the sealed entry, in the order given, each once', async () => {
    const [one, two] = [await keep(png, 'image/png'), await keep(webp, 'image/webp')]
    const photo_ids = [two.id, one.id, two.id]
    const action = await server.act({ action: 'destroyed', quantity: 1, photo_ids })
    expect(action.photos).toEqual([
      { ...two, type: 'image/webp' },
      { ...one, type: 'image/png' },
    ])
    expect((await server.report()).photos).toEqual({ count: 2, missing: 0, altered: 0 })
  })

  it('is what its bytes are, whatever the sender calls it', async () => {
    const photo = await keep(png, 'image/jpeg')
    expect((await show(photo.id)).headers.get('content-type')).toBe('image/png')
  })

  it.each([
    ['a page', '<html><script>alert(1)</script>'],
    ['a drawing that can run', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['nothing', ''],
    ['a RIFF that is a sound', 'RIFF\x10\0\0\0WAVEfmt '],
  ])('is not %s', async (_, text) => {
    expect((await server.photo(Buffer.from(text, 'latin1'))).status).toBe(422)
  })

  it('is at most 10 MiB, announced or not, and nothing of a larger one stays', async () => {
    await keep(jpeg('another'))
    const before = filesIn()
    const largest = Buffer.alloc(10 * 1024 * 1024)
    jpeg('').copy(largest)
    expect((await server.photo(Buffer.concat([largest, Buffer.alloc(1)]))).status).toBe(413)
    const body = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 11; part += 1) controller.enqueue(new Uint8Array(1024 * 1024).fill(0xff))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body, duplex: 'half' }
    const streamed = await server.fetch(`/api/recalls/${server.recall}/photos`, init as RequestInit)
    expect(streamed.status).toBe(413)
    expect(filesIn()).toEqual(before)
    expect((await server.photo(largest)).status).toBe(201)
  })

  it('is not taken as another type, and is of its own recall alone', async () => {
    expect((await server.photo(png, 'image/svg+xml')).status).toBe(415)
    const photo = await keep(jpeg('x'))
    const other = await server.seed()
    expect((await server.fetch(`/api/recalls/${other}/photos/${photo.id}`)).status).toBe(404)
    const body = { action: 'destroyed', quantity: 1, photo_ids: [photo.id] }
    expect((await server.post(body, other)).status).toBe(422)
  })

  it('that was exchanged or removed on the disk is never shown as evidence, and the report says so', async () => {
    const [changed, lost] = [await keep(jpeg('to be changed')), await keep(jpeg('to be lost'))]
    await server.act({ action: 'destroyed', quantity: 1, photo_ids: [changed.id, lost.id] })
    writeFileSync(fileOf(changed.sha256), jpeg('another pallet'))
    rmSync(fileOf(lost.sha256))
    expect((await show(changed.id)).status).toBe(409)
    expect((await show(lost.id)).status).toBe(409)
    expect((await server.report()).photos).toMatchObject({ missing: 1, altered: 1 })
  })

  it('sent again mends a file that was lost', async () => {
    const bytes = jpeg('mended')
    const photo = await keep(bytes)
    rmSync(fileOf(photo.sha256))
    await keep(bytes)
    expect((await show(photo.id)).status).toBe(200)
  })
})

function filesIn(): string[] {
  return readdirSync(join(server.test.dataDir, 'recall-photos'), { recursive: true }).map(String).toSorted()
}
