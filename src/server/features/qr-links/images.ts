import { Readable } from 'node:stream'
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { ValidationFailed } from '#contract/errors.ts'
import type { QrLink } from '#contract/qr-links.ts'
import type { QrCodeFormat } from '#contract/qr-codes.ts'
import { safeCsvLine } from '../../csv-line.ts'
import { drawCode } from '../../code-files/draw-code.ts'
import { problemOf, type LinkLooks } from './link-looks.ts'

export interface ImageOptions {
  format?: QrCodeFormat | undefined
  size?: number | undefined
}

interface DrawnImage {
  type: string
  body: Buffer
}

/** The code of a link. Throws 422 with what to change where phones could not be counted on to read it. */
export async function drawImage(link: QrLink, options: ImageOptions, looks: LinkLooks): Promise<DrawnImage> {
  const drawn = await drawOrSay(link, options, looks)
  if ('problem' in drawn) throw new ValidationFailed({ [drawn.problem.field]: [drawn.problem.message] })
  return drawn
}

async function drawOrSay(
  link: QrLink,
  { format = 'svg', size }: ImageOptions,
  looks: LinkLooks,
): Promise<DrawnImage | { problem: { field: string; message: string } }> {
  const look = await looks.styleOf(link)
  const problem = problemOf(link.short_url, look)
  return problem ? { problem } : drawCode(link.short_url, format, look.style, { size, logo: look.logo })
}

/** Codes drawn before other requests get their turn: a few milliseconds of work. */
const drawnAtOnce = 8

/**
 * A ZIP of the codes of all given links with an index, made while it is sent: memory holds a few files at a time,
 * and it stops when the reader leaves.
 */
export function zipOfImages(
  batches: AsyncGenerator<QrLink[]>,
  options: ImageOptions,
  looks: LinkLooks,
): Readable {
  return Readable.from(zipChunks(batches, options, looks), { objectMode: false, highWaterMark: 256 * 1024 })
}

async function* zipChunks(
  batches: AsyncGenerator<QrLink[]>,
  options: ImageOptions,
  looks: LinkLooks,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  const index = [
    safeCsvLine(['file', 'slug', 'short_url', 'destination_url', 'title', 'campaign', 'problem']),
  ]
  let drawn = 0
  let first: string | undefined
  for await (const links of batches) {
    for (const link of links) {
      first ??= link.business_id
      // Two businesses may have the same slug: what is not of the first one lies in a folder.
      const folder = link.business_id === first ? '' : `${link.business_id}/`
      index.push(await addImage(zip, folder, link, options, looks))
      if (++drawn % drawnAtOnce > 0) continue
      yield* chunks.splice(0)
      await new Promise(setImmediate)
    }
  }
  const file = new ZipDeflate('index.csv', { level: 6 })
  zip.add(file)
  file.push(strToU8(index.join('')), true)
  zip.end()
  yield* chunks.splice(0)
}

/** Adds one picture, unless phones could not read it, and returns its line of the index. */
async function addImage(
  zip: Zip,
  folder: string,
  link: QrLink,
  options: ImageOptions,
  looks: LinkLooks,
): Promise<string> {
  const format = options.format ?? 'svg'
  const name = `${folder}${link.slug}.${format}`
  const drawn = await drawOrSay(link, options, looks)
  if ('body' in drawn) {
    // A PNG is compressed already.
    const file = format === 'png' ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    zip.add(file)
    file.push(drawn.body, true)
  }
  return safeCsvLine([
    'body' in drawn ? name : '',
    link.slug,
    link.short_url,
    link.destination_url,
    link.title ?? '',
    link.campaign ?? '',
    'problem' in drawn ? drawn.problem.message : '',
  ])
}
