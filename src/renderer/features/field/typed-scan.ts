import { KeyTokens, type KeyStroke, type KeyToken } from './key-tokens.ts'

/** Nobody types six characters at less than 50 ms each; scanners need 1 to 30. */
const least = 6
const slowest = 50
/** After this pause in ms nothing more belongs to a scan. */
export const pauseTime = 120

/** What a key is: part of what may be a scan, its end, a person's, or one that only changes others. */
export type Handling = 'part' | 'end' | 'person' | 'modifier'

/** Tells the typing of a scanner from that of a person by its speed. Times are in ms. */
export class TypedScan {
  readonly #keys = new KeyTokens()
  #tokens: KeyToken[] = []
  #first = 0
  #last = 0

  down(stroke: KeyStroke, time: number): Handling {
    const token = this.#keys.down(stroke)
    if (token === undefined) return 'modifier'
    if ('key' in token && this.isEmpty) return 'person'
    const isEnd = 'key' in token && (token.key === 'Enter' || token.key === 'Tab')
    if (isEnd && !this.isScan) return 'person'
    this.#push(token, time)
    return isEnd ? 'end' : 'part'
  }

  up(stroke: Pick<KeyStroke, 'key'>, time: number): void {
    const token = this.#keys.up(stroke)
    if (token) this.#push(token, time)
  }

  #push(token: KeyToken, time: number): void {
    if (this.#tokens.length === 0) this.#first = time
    this.#tokens.push(token)
    this.#last = time
  }

  get isEmpty(): boolean {
    return this.#tokens.length === 0
  }

  /** Whether a key at this time belongs to something new. */
  isOver(time: number): boolean {
    return !this.isEmpty && time - this.#last > pauseTime
  }

  /** Whether what was typed so far was too quick for a person. */
  get isScan(): boolean {
    const { length } = this.#tokens
    return length >= least && (this.#last - this.#first) / (length - 1) < slowest
  }

  /** What was typed, which is forgotten with that. */
  take(): KeyToken[] {
    const tokens = this.#tokens
    this.clear()
    return tokens
  }

  clear(): void {
    this.#tokens = []
  }
}
