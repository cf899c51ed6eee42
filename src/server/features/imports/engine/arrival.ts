import { setTimeout as sleep } from 'node:timers/promises'
import { CancelledError, type Pace } from './cancel.ts'

const BYTES = 0
const STATE = 1
const WHOLE = 1
const BROKEN = 2
/** How long a reader that has caught up waits before it looks again, in milliseconds. */
const LOOK_AGAIN = 2

/** A file that is still being received: what crosses into the worker that reads it meanwhile. */
export interface Arriving {
  /** How many bytes its sender announced, more or less: a form's own lines are among them. */
  expected: number
  /** `Int32Array` of the bytes that are there and of the state; an upload is far below 2 GB. */
  shared: SharedArrayBuffer
}

/** The receiving end. */
export class ArrivingFile implements Arriving {
  readonly expected: number
  readonly shared = new SharedArrayBuffer(8)
  readonly #cells = new Int32Array(this.shared)

  constructor(expected: number) {
    this.expected = expected
  }

  /** These bytes are in the file now, from its beginning. */
  reached(bytes: number): void {
    Atomics.store(this.#cells, BYTES, bytes)
  }

  complete(): void {
    Atomics.store(this.#cells, STATE, WHOLE)
  }

  /** Nothing more comes; who reads it is told to stop. */
  abandon(): void {
    Atomics.store(this.#cells, STATE, BROKEN)
  }
}

/** The reading end. A file that is here already is `undefined`, and nothing waits. */
export class Arrival {
  readonly #cells: Int32Array | undefined
  readonly #pace: Pace

  constructor(arriving: Arriving | undefined, pace: Pace) {
    this.#cells = arriving && new Int32Array(arriving.shared)
    this.#pace = pace
  }

  /**
   * Waits for something to read at `offset`; up to where there is, without end for a file that is here. Throws
   * `CancelledError` when the sender has gone.
   */
  async beyond(offset: number): Promise<number> {
    for (;;) {
      // The state first: what is counted after it is whole, and never less than what was written before it.
      const state = this.#cells === undefined ? WHOLE : Atomics.load(this.#cells, STATE)
      if (state === WHOLE) return Infinity
      if (state === BROKEN) throw new CancelledError()
      const ready = Atomics.load(this.#cells!, BYTES)
      if (ready > offset) return ready
      await sleep(LOOK_AGAIN)
      this.#pace.check()
    }
  }

  /** Waits for all of it. */
  async whole(): Promise<void> {
    await this.beyond(Infinity)
  }
}
