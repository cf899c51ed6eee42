import { PrinterProblem } from './transport.ts'
import { WinspoolError, type SpoolerJob, type Winspool } from './spooler.ts'

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

const pieceBytes = 64 * 1024

/** RAW printing over winspool's own functions (learn.microsoft.com, "Print Spooler API"). */
export function winspoolOver(calls: WinspoolCalls): Winspool {
  function withPrinter<T>(queue: string, work: (handle: unknown) => T): T {
    const { handle, code } = calls.openPrinter(queue)
    if (code !== 0) throw new WinspoolError(code)
    try {
      return work(handle)
    } finally {
      calls.closePrinter(handle)
    }
  }
  return {
    queues: async () => calls.queues(),
    status: async (queue) =>
      withPrinter(queue, (handle) => {
        const { bits, code } = calls.status(handle)
        if (code !== 0) throw new WinspoolError(code)
        return bits
      }),
    jobs: async (queue) => withPrinter(queue, (handle) => calls.jobs(handle)),
    printRaw: async (queue, name, bytes) =>
      withPrinter(queue, (handle) => sendRaw(calls, handle, name, bytes)),
  }
}

function sendRaw(calls: WinspoolCalls, handle: unknown, name: string, bytes: Buffer): void {
  const { job, code } = calls.startDoc(handle, name)
  if (job === 0) throw new WinspoolError(code)
  for (let at = 0; at < bytes.length;) {
    const { written, code: failure } = calls.write(handle, bytes.subarray(at, at + pieceBytes))
    if (written <= 0) {
      // A queue set to print at once may have passed on what it had.
      calls.abort(handle)
      throw new WinspoolError(failure, at > 0)
    }
    at += written
  }
  if (!calls.endDoc(handle)) throw new WinspoolError(0, true)
}

/** Loads winspool.drv through koffi; only on Windows, and only when a queue of it is used. */
export async function loadWinspool(): Promise<Winspool> {
  if (process.platform !== 'win32') {
    throw new PrinterProblem(
      'Queues of Windows can be used on Windows alone. Use IPP on this computer.',
      'error',
    )
  }
  return winspoolOver(await bindWinspool())
}

async function bindWinspool(): Promise<WinspoolCalls> {
  const { default: koffi } = await import('koffi')
  const winspool = koffi.load('winspool.drv')
  const kernel = koffi.load('kernel32.dll')
  koffi.struct('QRSCAN_DOC_INFO_1W', { pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' })
  const bind = (library: typeof winspool, declaration: string) => library.func(declaration)
  const lastError = bind(kernel, 'uint32 __stdcall GetLastError()')
  const open = bind(winspool, 'bool __stdcall OpenPrinterW(str16 name, _Out_ void **handle, void *defaults)')
  const close = bind(winspool, 'bool __stdcall ClosePrinter(void *handle)')
  const start = bind(
    winspool,
    'uint32 __stdcall StartDocPrinterW(void *handle, uint32 level, QRSCAN_DOC_INFO_1W *info)',
  )
  const write = bind(
    winspool,
    'bool __stdcall WritePrinter(void *handle, uint8_t *bytes, uint32 count, _Out_ uint32 *written)',
  )
  const end = bind(winspool, 'bool __stdcall EndDocPrinter(void *handle)')
  const abort = bind(winspool, 'bool __stdcall AbortPrinter(void *handle)')
  const get = bind(
    winspool,
    'bool __stdcall GetPrinterW(void *handle, uint32 level, _Out_ uint8_t *buffer, uint32 size, _Out_ uint32 *needed)',
  )
  const printers = bind(
    winspool,
    'bool __stdcall EnumPrintersW(uint32 flags, str16 name, uint32 level, _Out_ uint8_t *buffer, uint32 size, _Out_ uint32 *needed, _Out_ uint32 *count)',
  )
  const jobs = bind(
    winspool,
    'bool __stdcall EnumJobsW(void *handle, uint32 first, uint32 most, uint32 level, _Out_ uint8_t *buffer, uint32 size, _Out_ uint32 *needed, _Out_ uint32 *count)',
  )
  const failed = (isFine: boolean): number => (isFine ? 0 : (lastError() as number))
  /** A string that a pointer in a buffer points at. */
  const text = (buffer: Buffer, at: number): string => {
    const address = buffer.readBigUInt64LE(at)
    return address === 0n ? '' : (koffi.decode(address, 'char16_t', -1) as string)
  }
  return {
    openPrinter(name) {
      const handle: [unknown] = [null]
      return { code: failed(open(name, handle, null) as boolean), handle: handle[0] }
    },
    closePrinter: (handle) => void close(handle),
    startDoc(handle, document) {
      const job = start(handle, 1, { pDocName: document, pOutputFile: null, pDatatype: 'RAW' }) as number
      return { job, code: failed(job !== 0) }
    },
    write(handle, bytes) {
      const written: [number] = [0]
      const code = failed(write(handle, bytes, bytes.length, written) as boolean)
      return { written: code === 0 ? written[0] : 0, code }
    },
    endDoc: (handle) => end(handle) as boolean,
    abort: (handle) => void abort(handle),
    status(handle) {
      // PRINTER_INFO_6 is one DWORD.
      const buffer = Buffer.alloc(8)
      return {
        code: failed(get(handle, 6, buffer, buffer.length, [0]) as boolean),
        bits: buffer.readUInt32LE(0),
      }
    },
    queues() {
      // PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS; PRINTER_INFO_4 is two pointers and a DWORD.
      const [needed, count]: [[number], [number]] = [[0], [0]]
      printers(6, null, 4, Buffer.alloc(1), 0, needed, count)
      const buffer = Buffer.alloc(Math.max(needed[0], 1))
      if (!printers(6, null, 4, buffer, buffer.length, needed, count)) return []
      return Array.from({ length: count[0] }, (_, index) => text(buffer, index * 24))
    },
    jobs(handle) {
      const [needed, count]: [[number], [number]] = [[0], [0]]
      jobs(handle, 0, 200, 1, Buffer.alloc(1), 0, needed, count)
      const buffer = Buffer.alloc(Math.max(needed[0], 1))
      if (!jobs(handle, 0, 200, 1, buffer, buffer.length, needed, count)) return []
      // JOB_INFO_1: pDocument is the fourth text after the id, Status stands after the sixth.
      return Array.from({ length: count[0] }, (_, index) => ({
        name: text(buffer, index * jobInfoBytes + 32),
        status: buffer.readUInt32LE(index * jobInfoBytes + 56),
      }))
    },
  }
}

/** JOB_INFO_1W with 8-byte pointers: id, six texts, five numbers, a SYSTEMTIME, padded to eight. */
const jobInfoBytes = 96
