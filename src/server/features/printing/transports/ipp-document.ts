import { guessProfile } from '../guess-profile.ts'
import { groups, type IppResponse } from './ipp-encoding.ts'
import { valuesOf } from './ipp-request.ts'
import type { RasterPage } from './pwg-raster.ts'

/** What a job has to be to come out right, with the MIME type to say so. */
export type DocumentForm =
  /** The ticket's own bytes, for a printer that speaks its language. */
  | { form: 'bytes'; mime: string }
  /** The same ticket as a page. */
  | { form: 'pdf'; mime: 'application/pdf' }
  | { form: 'raster'; mime: 'image/pwg-raster'; page: RasterPage }

/**
 * A queue that passes bytes on gets the ticket's own; an office printer gets a page, for it would print ESC/POS as
 * letters. Undefined when it takes neither.
 */
export function documentFormOf(response: IppResponse): DocumentForm | undefined {
  const formats = valuesOf(response, groups.printer, 'document-format-supported').map(String)
  const [model = ''] = valuesOf(response, groups.printer, 'printer-make-and-model')
  const takesRaw = formats.includes('application/vnd.cups-raw')
  // CUPS calls a queue without a driver "Local Raw Printer" or "Remote Raw Printer".
  if (takesRaw && (/\braw\b/i.test(String(model)) || guessProfile(String(model)) !== null)) {
    return { form: 'bytes', mime: 'application/vnd.cups-raw' }
  }
  if (guessProfile(String(model)) !== null && formats.includes('application/octet-stream')) {
    return { form: 'bytes', mime: 'application/octet-stream' }
  }
  if (formats.includes('application/pdf')) return { form: 'pdf', mime: 'application/pdf' }
  if (formats.includes('image/pwg-raster')) {
    return { form: 'raster', mime: 'image/pwg-raster', page: rasterPageOf(response) }
  }
  // It names nothing but bytes, or nothing at all: so those, as they are.
  const onlyBytes = formats.every((one) => one === 'application/octet-stream')
  return onlyBytes ? { form: 'bytes', mime: 'application/octet-stream' } : undefined
}

/** The lowest resolution that has room for a ticket's dots, plain black where there is a choice, its usual sheet. */
function rasterPageOf(response: IppResponse): RasterPage {
  const told = (name: string): string[] => valuesOf(response, groups.printer, name).map(String)
  const resolutions = told('pwg-raster-document-resolution-supported').flatMap((text) => {
    const [, x, y] = /^(\d{2,4})x(\d{2,4})dpi$/.exec(text) ?? []
    return x !== undefined && x === y ? [Number(x)] : []
  })
  const enough =
    resolutions.toSorted((a, b) => a - b).find((dpi) => dpi >= 200) ?? Math.max(...resolutions, 0)
  const types = told('pwg-raster-document-type-supported')
  const type = (['black_1', 'sgray_8', 'srgb_8'] as const).find((one) => types.includes(one)) ?? 'sgray_8'
  return { dpi: enough === 0 ? 300 : enough, type, media: mediaOf(told('media-default')[0] ?? '') }
}

/** Names of media end in their size (PWG 5101.1, section 5): `iso_a4_210x297mm`, `na_letter_8.5x11in`. */
function mediaOf(name: string): RasterPage['media'] {
  const [, width, height, unit] = /_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$/.exec(name) ?? []
  const factor = unit === 'in' ? 25.4 : 1
  const size = { width: Number(width) * factor, height: Number(height) * factor }
  // A roll may be told as metres long; a page of that would be one of white.
  const isSheet = size.width >= 40 && size.width <= 500 && size.height >= 40 && size.height <= 500
  return isSheet ? { name, ...size } : { name: 'iso_a4_210x297mm', width: 210, height: 297 }
}
