import { Readable } from 'node:stream'
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import type { QrLink } from '#contract/qr-links.ts'
import type { QrCodeFormat } from '#contract/qr-codes.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { safeCsvLine } from '../../csv-line.ts'
import { drawCode } from '../../code-files/draw-code.ts'

export interface ImageQuery extends QrStyle {
  format?: QrCodeFormat
  size?: number
}

/** The query wins over the link's own style, which wins over the plain look. */
export function drawImage(link: QrLink, query: ImageQuery): Promise<{ type: string; body: Buffer }> {
  const { format = 'svg', size, ...asked } = query
  return drawCode(link.short_url, format, { ...link.style, ...asked }, { size })
}

/** Codes drawn before other requests get their turn: a few milliseconds of work. */
const drawnAtOnce = 8

/**
 * A ZIP of the codes of all given links with an index, made while it is sent: memory holds a few files at a time,
 * and it stops when the reader leaves.
 */
export function zipOfImages(batches: AsyncGenerator<QrLink[]>, query: ImageQuery): Readable {
  return Readable.from(zipChunks(batches, query), { objectMode: false, highWaterMark: 256 * 1024 })
}

async function* zipChunks(batches: AsyncGenerator<QrLink[]>, query: ImageQuery): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  const index = [safeCsvLine(['file', 'slug', 'short_url', 'destination_url', 'title', 'campaign'])]
  let drawn = 0
  let first: string | undefined
  for await (const links of batches) {
    for (const link of links) {
      first ??= link.business_id
      // Two businesses may have the same slug: what is not of the first one lies in a folder.
      const folder = link.business_id === first ? '' : `${link.business_id}/`
      index.push(await addImage(zip, folder, link, query))
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

/** Adds one picture and returns its line of the index. */
async function addImage(zip: Zip, folder: string, link: QrLink, query: ImageQuery): Promise<string> {
  const format = query.format ?? 'svg'
  const name = `${folder}${link.slug}.${format}`
  const { body } = await drawImage(link, query)
  // A PNG is compressed already.
  const file = format === 'png' ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
  zip.add(file)
  file.push(body, true)
  return safeCsvLine([
    name,
    link.slug,
    link.short_url,
    link.destination_url,
    link.title ?? '',
    link.campaign ?? '',
  ])
}
