import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { PayloadTooLarge, ValidationFailed } from '#contract/errors.ts'
import { newId } from '../../db/id.ts'
import { sha256 } from './entry.ts'

/** The contract's limit, in bytes. */
const largestPhoto = 10 * 1024 * 1024
/** A sender that is silent for so long has gone. */
const longestSilence = 30_000

/** Where a photo lies: under its own hash, so that the same picture is there once and none can take another's place. */
function photoPath(dataDir: string, hash: string): string {
  return join(dataDir, 'recall-photos', hash.slice(0, 2), hash)
}

/** The body of an upload, whole. Throws 413 beyond 10 MiB, 422 for one that is empty or stops half way. */
export async function receivePhoto(request: FastifyRequest): Promise<Buffer> {
  const { body } = request
  if (Number(request.headers['content-length'] ?? 0) > largestPhoto) throw new PayloadTooLarge()
  if (!(body instanceof Readable)) throw noPhoto('Send the photo itself as the body of the request.')
  const bytes = await collect(body)
  if (bytes.length === 0) throw noPhoto('The photo is empty.')
  return bytes
}

/** By its events: a loop that is left early would cut the stream off, and with it the connection and the answer. */
function collect(body: Readable): Promise<Buffer> {
  const stopped = noPhoto('The upload stopped half way. Send the photo again.')
  const silence = setTimeout(() => body.destroy(stopped), longestSilence)
  const parts: Buffer[] = []
  let size = 0
  return new Promise<Buffer>((resolve, reject) => {
    body.on('data', (part: Buffer) => {
      silence.refresh()
      size += part.length
      // What is beyond is read and dropped.
      if (size <= largestPhoto) parts.push(part)
      else reject(new PayloadTooLarge())
    })
    body.on('end', () => resolve(Buffer.concat(parts)))
    body.on('error', reject)
    body.on('close', () => reject(stopped))
  }).finally(() => clearTimeout(silence))
}

/** What the bytes are, whatever the sender called them. Throws 422 for what is none of the three. */
export function sniffPhoto(bytes: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp'
  throw noPhoto('This is no JPEG, PNG or WebP picture.')
}

/** Puts a photo on the disk for good, before anything refers to it: file, then its name in the folder. */
export async function keepPhoto(dataDir: string, bytes: Buffer): Promise<string> {
  const hash = sha256(bytes)
  const path = photoPath(dataDir, hash)
  if ((await stateOfPhoto(dataDir, hash)) === 'kept') return hash
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${newId()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  for (const folder of [dirname(path), dirname(dirname(path)), dataDir]) await syncFolder(folder)
  return hash
}

/** A new name outlives a power cut only when its folder was written too; Windows has no such call, nor the need. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

type PhotoState = 'kept' | 'missing' | 'altered'

/** Whether a photo is still what was taken: its bytes are hashed anew. */
export async function stateOfPhoto(dataDir: string, hash: string): Promise<PhotoState> {
  const hashing = createHash('sha256')
  try {
    for await (const part of createReadStream(photoPath(dataDir, hash)) as AsyncIterable<Buffer>)
      hashing.update(part)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing'
    throw error
  }
  return hashing.digest('hex') === hash ? 'kept' : 'altered'
}

/** The bytes of a photo, or undefined when they are gone or no longer those that were taken. */
export async function readPhoto(dataDir: string, hash: string): Promise<Buffer | undefined> {
  const bytes = await readFile(photoPath(dataDir, hash)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return bytes !== undefined && sha256(bytes) === hash ? bytes : undefined
}

function noPhoto(message: string): ValidationFailed {
  return new ValidationFailed({ photo: [message] })
}
