import { setTimeout as sleep } from 'node:timers/promises'
import { readIppAddress, type IppPlace } from './ipp-address.ts'
import { documentFormOf, type DocumentForm } from './ipp-document.ts'
import { groups, type IppAttribute, type IppResponse, type IppValue } from './ipp-encoding.ts'
import { askIpp, operations, valuesOf } from './ipp-request.ts'
import { refusalOfIpp, statusOfIpp } from './ipp-words.ts'
import { encodePwgRaster, type Dots } from './pwg-raster.ts'
import { NothingSent, PrinterProblem, type JobTransport } from './transport.ts'

/** The ticket's own bytes as a page, for printers that do not speak its language. */
export interface Pages {
  pdf: (bytes: Buffer) => Promise<Buffer>
  dots: (bytes: Buffer) => Dots
}

/** How long a job is asked after while its printer does not answer at all. */
const silenceAllowed = 60_000
const longestPause = 2000

/** Job states (RFC 8011, section 5.3.7). */
const completed = 9
const ended = [7, 8, completed]

/** A printer or queue that takes jobs by IPP (RFC 8011) and remembers them by name. */
export function ippTransport(address: string, pages: Pages): JobTransport {
  const place = (): IppPlace => {
    const read = readIppAddress(address)
    if (!read) throw new NothingSent(`“${address}” is no IPP address. Write ipp://host/ipp/print.`, 'error')
    return read
  }
  return {
    kind: 'job',
    print: (bytes, name, signal) => print(place(), bytes, name, pages, signal),
    find: (name) => find(place(), name),
    status: async () => statusOfIpp(await attributesOf(place())),
    proof: async () => (provesPaper(await attributesOf(place())) ? 'ipp' : 'none'),
  }
}

/** What a printer says of itself. Throws `PrinterProblem` with a sentence. */
async function attributesOf(place: IppPlace, signal?: AbortSignal): Promise<IppResponse> {
  const asked: IppAttribute = { tag: 'keyword', name: 'requested-attributes', values: printerAttributes }
  const call = { operation: operations.getPrinterAttributes, attributes: [asked], signal, wait: 4000 }
  const response = await askIpp(place, call)
  if (response.status >= 0x0100) throw new NothingSent(refusalOfIpp(response.status), 'error')
  return response
}

const printerAttributes = [
  'printer-state',
  'printer-state-reasons',
  'printer-state-message',
  'printer-is-accepting-jobs',
  'printer-make-and-model',
  'printer-info',
  'printer-name',
  'document-format-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-type-supported',
  'media-default',
  'device-uri',
]

async function print(
  place: IppPlace,
  bytes: Buffer,
  name: string,
  pages: Pages,
  signal: AbortSignal,
): Promise<'printed' | 'sent'> {
  const printer = await attributesOf(place, signal)
  const form = documentFormOf(printer)
  if (!form)
    throw new NothingSent(
      'It takes neither tickets nor pages that this app can make. Choose another way to reach it.',
      'error',
    )
  const document = await documentOf(bytes, form, pages)
  const attributes: IppAttribute[] = [
    { tag: 'name', name: 'job-name', values: [name] },
    { tag: 'mime', name: 'document-format', values: [form.mime] },
  ]
  const call = { operation: operations.printJob, attributes, document, signal, wait: 30_000 }
  const response = await askIpp(place, call)
  if (response.status >= 0x0100) {
    const state = response.status === 0x0507 ? 'busy' : 'error'
    throw new NothingSent(refusalOfIpp(response.status), state)
  }
  const [id] = valuesOf(response, groups.job, 'job-id')
  if (typeof id !== 'number') throw new PrinterProblem('It took the job but did not say which number it has.')
  await untilCompleted(place, id, signal)
  return provesPaper(printer) ? 'printed' : 'sent'
}

async function documentOf(bytes: Buffer, form: DocumentForm, pages: Pages): Promise<Buffer> {
  if (form.form === 'pdf') return pages.pdf(bytes)
  return form.form === 'raster' ? encodePwgRaster(pages.dots(bytes), form.page) : bytes
}

/**
 * A printer of its own says "completed" of paper. A queue says it of what it handed on: only one that itself hands on
 * by IPP has waited for the paper (measured: CUPS calls a job complete that a socket has thrown away).
 */
function provesPaper(printer: IppResponse): boolean {
  const [device] = valuesOf(printer, groups.printer, 'device-uri')
  return device === undefined || /^(ipps?|dnssd):/.test(String(device))
}

async function untilCompleted(place: IppPlace, id: number, signal: AbortSignal): Promise<void> {
  let pause = 50
  let silentSince: number | undefined
  for (;;) {
    const job = await jobOf(place, id, signal)
    signal.throwIfAborted()
    const now = performance.now()
    silentSince = job === undefined ? (silentSince ?? now) : undefined
    if (silentSince !== undefined && now - silentSince > silenceAllowed) {
      throw new PrinterProblem(
        'It took the job and then did not answer any more. Look whether paper came out.',
      )
    }
    if (job && ended.includes(job.state)) return settle(job)
    await sleep(pause, undefined, { signal })
    pause = Math.min(pause * 1.5, longestPause)
  }
}

interface JobNow {
  state: number
  reasons: string[]
}

/** Undefined while it does not answer. */
async function jobOf(place: IppPlace, id: number, signal: AbortSignal): Promise<JobNow | undefined> {
  const attributes: IppAttribute[] = [
    { tag: 'integer', name: 'job-id', values: [id] },
    { tag: 'keyword', name: 'requested-attributes', values: ['job-state', 'job-state-reasons'] },
  ]
  try {
    const response = await askIpp(place, { operation: operations.getJobAttributes, attributes, signal })
    const [state] = valuesOf(response, groups.job, 'job-state')
    const reasons = valuesOf(response, groups.job, 'job-state-reasons').map(String)
    return typeof state === 'number' ? { state, reasons } : undefined
  } catch (error) {
    if (error instanceof PrinterProblem) return undefined
    throw error
  }
}

function settle({ state, reasons }: JobNow): void {
  if (state === completed && !reasons.includes('job-completed-with-errors')) return
  const by = state === 7 ? 'Somebody cancelled the job at the printer.' : 'The printer gave the job up.'
  throw new PrinterProblem(`${by} Look whether paper came out.`, 'error')
}

/** Asks by name, which we chose: it outlives a crash of ours that came before the printer's number was written down. */
async function find(place: IppPlace, name: string): Promise<'printed' | 'waiting' | 'absent' | 'unknown'> {
  try {
    const waiting = await jobsOf(place, 'not-completed')
    if (waiting.some((job) => job.name === name)) return 'waiting'
    const done = await jobsOf(place, 'completed')
    const ours = done.filter((job) => job.name === name)
    if (ours.some(({ state }) => state === completed)) {
      return provesPaper(await attributesOf(place)) ? 'printed' : 'unknown'
    }
    if (ours.length > 0) return 'unknown'
    // Our names rise with time: where an older one is remembered, this one would be too.
    return done.some((job) => isOurs(job.name) && job.name < name) ? 'absent' : 'unknown'
  } catch (error) {
    if (error instanceof PrinterProblem) return 'unknown'
    throw error
  }
}

interface NamedJob {
  name: string
  state: IppValue | undefined
}

async function jobsOf(place: IppPlace, which: 'completed' | 'not-completed'): Promise<NamedJob[]> {
  const attributes: IppAttribute[] = [
    { tag: 'keyword', name: 'which-jobs', values: [which] },
    { tag: 'keyword', name: 'requested-attributes', values: ['job-id', 'job-name', 'job-state'] },
  ]
  const response = await askIpp(place, { operation: operations.getJobs, attributes })
  if (response.status >= 0x0100) throw new PrinterProblem(refusalOfIpp(response.status), 'error')
  return response.groups
    .filter(({ tag }) => tag === groups.job)
    .map((job) => ({
      name: String(job.attributes.get('job-name')?.[0] ?? ''),
      state: job.attributes.get('job-state')?.[0],
    }))
}

function isOurs(name: string): boolean {
  return /^QRScan [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/.test(name)
}
