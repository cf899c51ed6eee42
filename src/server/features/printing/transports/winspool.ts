import { PrinterProblem } from './transport.ts'
import { bindWinspool, type WinspoolCalls } from './winspool-binding.ts'
import { WinspoolError, type Winspool } from './spooler.ts'

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
  return winspoolOver(await bindWinspool('winspool.drv', 'kernel32.dll'))
}
