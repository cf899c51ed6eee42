import type KoffiDefault from 'koffi'
import type { SpoolerJob } from './spooler.ts'

/**
 * The functions of a DLL by name, each called with what C takes; a seam, so that what stands here is tested where there
 * is no Windows. Calls block, but none of these waits for a printer: the spooler writes to its own disk.
 */
export interface WinspoolCalls {
  openPrinter(name: string): { handle: unknown; code: number }
  closePrinter(handle: unknown): void
  /** 0 when it failed. `code` is GetLastError. */
  startDoc(handle: unknown, document: string): { job: number; code: number }
  write(handle: unknown, bytes: Buffer): { written: number; code: number }
  endDoc(handle: unknown): boolean
  abort(handle: unknown): void
  /** EnumPrintersW of local and connected printers, by name. */
  queues(): string[]
  /** GetPrinterW, level 6. */
  status(handle: unknown): { bits: number; code: number }
  /** EnumJobsW, level 1. */
  jobs(handle: unknown): SpoolerJob[]
}

type Koffi = typeof KoffiDefault

/** JOB_INFO_1W with 8-byte pointers: id, six texts, five numbers, a SYSTEMTIME, padded to eight. */
const jobInfoBytes = 96
/** PRINTER_INFO_4W: two texts and a number, padded to eight. */
const printerInfoBytes = 24
/** PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS */
const localAndConnected = 6
const mostJobs = 200

/** Loads the two libraries and declares what is used of them, as winspool.h does for 64 bits. */
export async function bindWinspool(winspoolPath: string, kernelPath: string): Promise<WinspoolCalls> {
  // Here and not at the top: it is a native module, and only Windows has a use for it.
  const { default: koffi } = await import('koffi')
  const native = declare(koffi, winspoolPath, kernelPath)
  const failed = (isFine: number): number => (isFine === 0 ? native.lastError() || -1 : 0)
  return {
    openPrinter(name) {
      const handle: [unknown] = [null]
      return { code: failed(native.open(name, handle, null)), handle: handle[0] }
    },
    closePrinter: (handle) => void native.close(handle),
    startDoc(handle, document) {
      const job = native.start(handle, 1, { pDocName: document, pOutputFile: null, pDatatype: 'RAW' })
      return { job, code: failed(job) }
    },
    write(handle, bytes) {
      const written: [number] = [0]
      const code = failed(native.write(handle, bytes, bytes.length, written))
      return { written: code === 0 ? written[0] : 0, code }
    },
    endDoc: (handle) => native.end(handle) !== 0,
    abort: (handle) => void native.abort(handle),
    status(handle) {
      // PRINTER_INFO_6 is one DWORD.
      const info = Buffer.alloc(8)
      const code = failed(native.get(handle, 6, info, info.length, [0]))
      return { code, bits: info.readUInt32LE(0) }
    },
    queues: () =>
      listed(
        (info, needed, count) =>
          native.printers(localAndConnected, null, 4, info, info.length, needed, count),
        (info, index) => textAt(koffi, info, index * printerInfoBytes),
      ),
    jobs: (handle) =>
      listed(
        (info, needed, count) => native.jobs(handle, 0, mostJobs, 1, info, info.length, needed, count),
        // pDocument is the fourth text after the id, Status stands after the sixth.
        (info, index) => ({
          name: textAt(koffi, info, index * jobInfoBytes + 32),
          status: info.readUInt32LE(index * jobInfoBytes + 56),
        }),
      ),
  }
}

type Listing = (info: Buffer, needed: [number], count: [number]) => number

/** Asks how much room a list needs, then for the list. Empty when it cannot be had. */
function listed<T>(list: Listing, read: (info: Buffer, index: number) => T): T[] {
  const [needed, count]: [[number], [number]] = [[0], [0]]
  list(Buffer.alloc(0), needed, count)
  const info = Buffer.alloc(needed[0])
  if (needed[0] === 0 || list(info, needed, count) === 0) return []
  return Array.from({ length: count[0] }, (_, index) => read(info, index))
}

/** The text that a pointer in a buffer points at. */
function textAt(koffi: Koffi, info: Buffer, at: number): string {
  const pointer: unknown = koffi.decode(info, at, 'str16')
  return typeof pointer === 'string' ? pointer : ''
}

function declare(koffi: Koffi, winspoolPath: string, kernelPath: string) {
  const winspool = koffi.load(winspoolPath)
  const kernel = koffi.load(kernelPath)
  // Without a name: it may be declared again.
  const document = koffi.struct({ pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' })
  const start = winspool.func('__stdcall', 'StartDocPrinterW', 'uint32', [
    'void *',
    'uint32',
    koffi.pointer(document),
  ])
  const out = '_Out_ uint32 *'
  return {
    lastError: kernel.func('uint32 __stdcall GetLastError()') as () => number,
    open: winspool.func('int __stdcall OpenPrinterW(str16 name, _Out_ void **handle, void *defaults)') as (
      name: string,
      handle: [unknown],
      defaults: null,
    ) => number,
    close: winspool.func('int __stdcall ClosePrinter(void *handle)') as (handle: unknown) => number,
    start: start as (handle: unknown, level: number, info: object) => number,
    write: winspool.func(
      `int __stdcall WritePrinter(void *handle, void *bytes, uint32 count, ${out}written)`,
    ) as (handle: unknown, bytes: Buffer, count: number, written: [number]) => number,
    end: winspool.func('int __stdcall EndDocPrinter(void *handle)') as (handle: unknown) => number,
    abort: winspool.func('int __stdcall AbortPrinter(void *handle)') as (handle: unknown) => number,
    get: winspool.func(
      `int __stdcall GetPrinterW(void *handle, uint32 level, void *info, uint32 size, ${out}needed)`,
    ) as (handle: unknown, level: number, info: Buffer, size: number, needed: [number]) => number,
    printers: winspool.func(
      `int __stdcall EnumPrintersW(uint32 flags, str16 name, uint32 level, void *info, uint32 size, ${out}needed, ${out}count)`,
    ) as (
      flags: number,
      name: null,
      level: number,
      info: Buffer,
      size: number,
      needed: [number],
      count: [number],
    ) => number,
    jobs: winspool.func(
      `int __stdcall EnumJobsW(void *handle, uint32 first, uint32 most, uint32 level, void *info, uint32 size, ${out}needed, ${out}count)`,
    ) as (
      handle: unknown,
      first: number,
      most: number,
      level: number,
      info: Buffer,
      size: number,
      needed: [number],
      count: [number],
    ) => number,
  }
}
