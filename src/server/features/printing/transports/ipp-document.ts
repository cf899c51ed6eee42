import { guessProfile } from '../guess-profile.ts'
import { groups, type IppResponse } from './ipp-encoding.ts'
import { valuesOf } from './ipp-request.ts'

/** What a job has to be to come out right, with the MIME type to say so. */
export interface DocumentForm {
  /** `bytes` are the ticket's own, for a printer that speaks its language; `pdf` is the same ticket as a page. */
  form: 'bytes' | 'pdf'
  mime: string
}

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
  // It names nothing but bytes, or nothing at all: so those, as they are.
  const onlyBytes = formats.every((one) => one === 'application/octet-stream')
  return onlyBytes ? { form: 'bytes', mime: 'application/octet-stream' } : undefined
}
