// oxlint-disable-next-line import/default -- Vite makes the address of the built thread
import workerUrl from './scan-worker.ts?worker&url'
import type { ReadAnswer, ReadRequest } from './scan-protocol.ts'

/** Reads codes out of pictures in a thread, which starts with the first picture and ends with `close`. */
export class CodeReader {
  #worker: Worker | undefined
  readonly #waiting = new Map<number, (answer: ReadAnswer) => void>()
  #last = 0

  /** Has the thread ready before the first picture comes. */
  warmUp(): Worker {
    this.#worker ??= this.#start()
    return this.#worker
  }

  #start(): Worker {
    const worker = startWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<ReadAnswer>) => this.#settle(data))
    worker.addEventListener('error', ({ message }) => this.#fail(message))
    return worker
  }

  /** The codes in a picture. The picture is given away: its pixels are empty afterwards. */
  read({ width, height, data }: ImageData, thorough = false): Promise<ReadAnswer> {
    const id = (this.#last += 1)
    const pixels = data.buffer
    const request: ReadRequest = { id, width, height, pixels, thorough }
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.warmUp().postMessage(request, [pixels])
    })
  }

  close(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#fail('closed')
  }

  #settle(answer: ReadAnswer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  #fail(error: string): void {
    for (const id of Array.from(this.#waiting.keys())) this.#settle({ id, carriers: [], took: 0, error })
  }
}

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown }
}

/** Made once: a page may have a policy of a name a single time. */
const workerAddress = trustWorkerUrl()

/** The page's policy takes an address for a thread through `field-scanner` alone, and that knows one address. */
function trustWorkerUrl(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  const policy = trustedTypes?.createPolicy('field-scanner', {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('This policy starts the scanner and nothing else.')
      return url
    },
  })
  return (policy?.createScriptURL(workerUrl) ?? workerUrl) as string
}

function startWorker(): Worker {
  return new Worker(workerAddress, { type: 'module' })
}
