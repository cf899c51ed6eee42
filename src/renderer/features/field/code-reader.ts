import workerUrl from './scan-worker.ts?worker&url'
import type { ReadAnswer, ReadRequest } from './scan-protocol.ts'

/** A thread that reads codes out of pictures; made once a screen and closed with it. */
export class CodeReader {
  readonly #worker = startWorker()
  readonly #waiting = new Map<number, (answer: ReadAnswer) => void>()
  #last = 0

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<ReadAnswer>) => this.#settle(data))
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message))
  }

  /** The codes in a picture. The picture is given away: its pixels are empty afterwards. */
  read({ width, height, data }: ImageData, thorough = false): Promise<ReadAnswer> {
    const id = (this.#last += 1)
    const pixels = data.buffer
    const request: ReadRequest = { id, width, height, pixels, thorough }
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#worker.postMessage(request, [pixels])
    })
  }

  close(): void {
    this.#worker.terminate()
    this.#fail('closed')
  }

  #settle(answer: ReadAnswer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  #fail(error: string): void {
    for (const id of [...this.#waiting.keys()]) this.#settle({ id, carriers: [], took: 0, error })
  }
}

/** The page's policy takes an address for a thread through `field-scanner` alone, and that knows one address. */
function startWorker(): Worker {
  const url: unknown = makeScannerPolicy()?.createScriptURL(workerUrl) ?? workerUrl
  return new Worker(url as string, { type: 'module' })
}

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown }
}

function makeScannerPolicy(): ReturnType<PolicyFactory['createPolicy']> | undefined {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  return trustedTypes?.createPolicy('field-scanner', {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('This policy starts the scanner and nothing else.')
      return url
    },
  })
}
