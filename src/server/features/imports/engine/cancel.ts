/** Thrown out of any long work whose import was cancelled. */
export class CancelledError extends Error {
  constructor() {
    super('The import was cancelled.')
    this.name = 'CancelledError'
  }
}

/** A file or request that cannot be worked on, with a sentence for the person who sent it. */
export class ImportFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ImportFailure'
  }
}

/** Lets messages in between two slices of long work, and ends it when the flag has been raised. */
export class Pace {
  readonly #flag: Int32Array
  constructor(flag: Int32Array) {
    this.#flag = flag
  }

  check(): void {
    if (Atomics.load(this.#flag, 0) !== 0) throw new CancelledError()
  }

  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
    this.check()
  }
}
