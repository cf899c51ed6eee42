import { open, rm, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { FastifyRequest } from 'fastify'
import { PayloadTooLarge, ValidationFailed } from '#contract/errors.ts'
import { mediaTypeOf } from '../../http/media-type.ts'

/** The contract's limit for a file, in bytes. */
const largestUpload = 512 * 1024 * 1024

/** What a form may add around its file. */
const formRoom = 1024 * 1024

/** Bytes handed to the system at a time; one call a network packet would be most of an upload's work. */
const writtenAtOnce = 1024 * 1024

/** A sender that is silent for so long has gone. */
const longestSilence = 30_000

export interface Upload {
  filename: string
  size: number
}

/** What is uploaded: bytes as they come, and the name they were sent under. */
interface Source {
  stream: Readable
  filename: string | undefined
}

interface ReceiveOptions {
  /** In bytes. */
  largest?: number
  /** Told after every megabyte or so how much is written; of a smaller file nothing is told before it is whole. */
  reached?: (bytes: number, filename: string) => void
}

/**
 * Writes what was sent (a multipart file, a file as the body, pasted text) to `path` as it comes.
 * Throws 413 past the limit and 422 when there is no file; nothing is left at `path` then.
 */
export async function receiveUpload(
  request: FastifyRequest,
  pasted: { text?: string; filename?: string | undefined },
  path: string,
  { largest = largestUpload, reached }: ReceiveOptions = {},
): Promise<Upload> {
  refuseAnnounced(request, largest)
  try {
    const { stream, filename } = await sourceOf(request, pasted, largest)
    const name = safeName(pasted.filename ?? filename)
    const written = await write(stream, path, largest, (bytes) => reached?.(bytes, name))
    if (written.size === 0) throw noFile('The file is empty. Choose a file with at least one row.')
    return { filename: name, ...written }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Throws 413 for a body whose own header says that it is too large, before any of it is read. */
function refuseAnnounced({ headers }: FastifyRequest, largest: number): void {
  const room = mediaTypeOf(headers['content-type']) === 'multipart/form-data' ? formRoom : 0
  if (Number(headers['content-length'] ?? 0) > largest + room) throw new PayloadTooLarge()
}

async function sourceOf(
  request: FastifyRequest,
  pasted: { text?: string },
  largest: number,
): Promise<Source> {
  if (pasted.text !== undefined)
    return { stream: Readable.from([Buffer.from(pasted.text)]), filename: 'pasted.csv' }
  if (!(request.body instanceof Readable)) throw noFile('The file field is required.')
  const type = mediaTypeOf(request.headers['content-type'])
  if (type === 'multipart/form-data') return firstFileOf(request, request.body, largest)
  return { stream: request.body, filename: undefined }
}

/** The first file of a form; other fields are passed over. */
function firstFileOf(request: FastifyRequest, body: Readable, largest: number): Promise<Source> {
  return new Promise((resolve, reject) => {
    const form = parserOf(request, largest)
    let found: BusboyFileStream | undefined
    form.on('file', (_field: string, stream: BusboyFileStream, filename: string) => {
      // The parser only tells that a part broke off: whoever reads it would wait for ever, and untold it is fatal.
      stream.on('error', () => stream.destroy(brokenForm()))
      if (found) {
        stream.resume()
        return
      }
      found = stream
      resolve({ stream, filename })
    })
    const give = (error: Error) => {
      found?.destroy(error)
      reject(error)
    }
    form.on('error', () => give(brokenForm()))
    form.on('finish', () => {
      if (!found) reject(noFile('The file field is required.'))
    })
    body.on('error', give)
    body.on('close', () => {
      if (!body.readableEnded) give(brokenForm())
    })
    body.pipe(form)
  })
}

function parserOf(request: FastifyRequest, largest: number): BusboyInstance {
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, limits: { fileSize: largest + 1 } })
  } catch {
    throw brokenForm()
  }
}

/**
 * The file outlives a kill; a power cut may cost it, and then nothing of it was saved anyway. Waiting for the disk
 * would hold up the first look at a large file.
 */
async function write(
  stream: Readable,
  path: string,
  largest: number,
  reached: (bytes: number) => void,
): Promise<{ size: number }> {
  const file = await open(path, 'wx', 0o600)
  const silence = setTimeout(
    () => stream.destroy(noFile('The upload stopped half way. Send the file again.')),
    longestSilence,
  )
  let size = 0
  let waiting: Buffer[] = []
  let held = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      silence.refresh()
      size += chunk.length
      if (size > largest) throw new PayloadTooLarge()
      waiting.push(chunk)
      held += chunk.length
      if (held < writtenAtOnce) continue
      await writeAll(file, waiting, held)
      waiting = []
      held = 0
      reached(size)
    }
    await writeAll(file, waiting, held)
  } finally {
    clearTimeout(silence)
    await file.close()
  }
  return { size }
}

/** The system may take less than it was given, which happens on a full disk. */
async function writeAll(file: FileHandle, chunks: Buffer[], bytes: number): Promise<void> {
  if (chunks.length === 0) return
  const { bytesWritten } = await file.writev(chunks)
  if (bytesWritten < bytes)
    throw Object.assign(new Error('The file could not be written whole.'), { code: 'ENOSPC' })
}

/** A name for people to read, never a path. */
function safeName(name: string | undefined): string {
  const plain = basename((name ?? '').replaceAll('\\', '/'))
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
  return plain === '' ? 'upload.csv' : plain.slice(0, 255)
}

function brokenForm(): ValidationFailed {
  return noFile('The form could not be read to its end. Send the file again.')
}

function noFile(message: string): ValidationFailed {
  return new ValidationFailed({ file: [message] })
}
