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

/**
 * Lets messages in between two slices of long work, and ends it when it was cancelled. The flag holds the
 * number of the latest question that nobody waits for any more, so it never has to be taken down.
 */
export class Pace {
  readonly #flag: Int32Array
  #question = 1

  constructor(flag: Int32Array) {
    this.#flag = flag
  }

  /** What is done from now on is done for this question. */
  begin(question: number): void {
    this.#question = question
    this.check()
  }

  check(): void {
    if (Atomics.load(this.#flag, 0) >= this.#question) throw new CancelledError()
  }

  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
    this.check()
  }
}
