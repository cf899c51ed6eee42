import { Worker } from 'node:worker_threads'
import {
  BundleFailure,
  type BundleItem,
  type BundleJob,
  type BundleProgress,
  type SigningKeys,
} from './bundle-item.ts'
import type { BundleAnswer, BundleQuestion, BundleStart } from './bundle-messages.ts'

/** The thread was ended by us. */
export class BundleStopped extends Error {}

type Told = Extract<BundleAnswer, { progress: BundleProgress }>

/** Heap of the thread in megabytes: a bundle that needs more fails, the app lives on. */
const memoryLimitMb = 1024

/** The main thread's hold on the thread of one bundle. Methods reject with BundleFailure, BundleStopped or a fault. */
export class BundleThread {
  readonly #worker: Worker
  #waiting: { resolve: (answer: Told) => void; reject: (error: Error) => void } | undefined
  #gone: Error | undefined

  constructor(script: URL, start: BundleStart) {
    this.#worker = new Worker(script, {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    })
    this.#worker.on('message', (answer: BundleAnswer) => this.#take(answer))
    this.#worker.on('error', (error) => this.#fail(error as Error))
    this.#worker.on('exit', () => this.#fail(new Error('The thread of the bundle has ended.')))
  }

  async open(job: BundleJob, keys: SigningKeys): Promise<BundleProgress> {
    return (await this.#ask({ ask: 'open', job, keys })).progress
  }

  async add(items: readonly BundleItem[]): Promise<BundleProgress> {
    return (await this.#ask({ ask: 'add', items })).progress
  }

  async finish(): Promise<Required<Told>> {
    return (await this.#ask({ ask: 'finish' })) as Required<Told>
  }

  /** Ends the thread whatever it does: what it has written so far can be gone on with. */
  async stop(): Promise<void> {
    this.#fail(new BundleStopped())
    await this.#worker.terminate()
  }

  #ask(question: BundleQuestion): Promise<Told> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage(question)
    })
  }

  #take(answer: BundleAnswer): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (!('error' in answer)) waiting?.resolve(answer)
    else waiting?.reject(answer.isFailure ? new BundleFailure(answer.error) : new Error(answer.error))
  }

  #fail(cause: Error): void {
    this.#gone ??= cause
    this.#waiting?.reject(this.#gone)
    this.#waiting = undefined
  }
}
