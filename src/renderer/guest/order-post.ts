import { ApiError } from '#contract/errors.ts'
import type { GuestApi, OrderBody, Receipt } from './guest-api.ts'
import { randomKey, type Keep } from './kept.ts'

/** An order on its way, kept over a reload until the restaurant has answered it. */
interface KeptOrder {
  /** One for the order's whole life: however often it is sent, the restaurant takes it once. */
  key: string
  order: OrderBody
  token: string | undefined
  /** Milliseconds since 1970. */
  made_at: number
}

export type PostState =
  | { step: 'idle' }
  | { step: 'work'; share: number }
  | { step: 'sending' }
  /** Goes out by itself; `busy` where the restaurant has asked to wait. */
  | { step: 'waiting'; reason: 'network' | 'busy' }
  /** From an earlier visit: a person decides. */
  | { step: 'stale'; made_at: number }
  | { step: 'refused'; error: ApiError }

export interface PostParts {
  api: Pick<GuestApi, 'earnToken' | 'sendOrder'>
  keep: Keep
  now: () => number
  /** Waits so long, or less when there is reason to hope (the network is back, somebody asks). */
  wait: (ms: number) => Promise<void>
  onPlaced: (receipt: Receipt) => void
}

/** After this an order is not sent without asking: the guest may have left. */
const freshFor = 10 * 60_000
const waits = [1_000, 2_000, 4_000, 8_000, 15_000]

/** Sends one order at a time, through lost networks and reloads, exactly once. */
export class OrderPost {
  private readonly parts: PostParts
  private readonly listeners = new Set<() => void>()
  private current: PostState = { step: 'idle' }

  constructor(parts: PostParts) {
    this.parts = parts
    const kept = this.kept()
    if (kept) this.current = { step: 'stale', made_at: kept.made_at }
  }

  get state(): PostState {
    return this.current
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** After a reload: goes on with what was on its way a moment ago, leaves what is older to the guest. */
  async resume(): Promise<void> {
    const kept = this.kept()
    if (kept && this.parts.now() - kept.made_at < freshFor) await this.run(kept)
  }

  async send(order: OrderBody): Promise<void> {
    if (this.isRunning()) return
    const kept: KeptOrder = { key: randomKey(), order, token: undefined, made_at: this.parts.now() }
    await this.run(kept)
  }

  /** The guest wants an older order after all. */
  async sendStale(): Promise<void> {
    const kept = this.kept()
    if (kept && !this.isRunning()) await this.run({ ...kept, made_at: this.parts.now() })
  }

  /** Leaves what is kept, or takes note of a refusal. */
  drop(): void {
    if (this.isRunning()) return
    this.parts.keep.write('order', undefined)
    this.show({ step: 'idle' })
  }

  private async run(first: KeptOrder): Promise<void> {
    let kept = first
    for (let attempt = 0; ; attempt++) {
      try {
        this.parts.keep.write('order', kept)
        kept = await this.withToken(kept)
        this.show({ step: 'sending' })
        const receipt = await this.parts.api.sendOrder(kept.order, kept.token ?? '', kept.key)
        this.parts.keep.write('order', undefined)
        this.parts.onPlaced(receipt)
        return this.show({ step: 'idle' })
      } catch (error) {
        const wait = waitAfter(error, attempt)
        if (wait === undefined) return this.refuse(error as ApiError)
        if (isTokenRefused(error)) kept = { ...kept, token: undefined }
        else this.show({ step: 'waiting', reason: error instanceof ApiError ? 'busy' : 'network' })
        await this.parts.wait(wait)
        // Too long without an answer: the guest says whether it is still wanted.
        if (this.parts.now() - kept.made_at >= freshFor) {
          return this.show({ step: 'stale', made_at: kept.made_at })
        }
      }
    }
  }

  private async withToken(kept: KeptOrder): Promise<KeptOrder> {
    if (kept.token !== undefined) return kept
    this.show({ step: 'work', share: 0 })
    const token = await this.parts.api.earnToken('order_intent', (share) =>
      this.show({ step: 'work', share }),
    )
    const next = { ...kept, token }
    // Before it is sent: after a reload the very same request goes out again.
    this.parts.keep.write('order', next)
    return next
  }

  private refuse(error: ApiError): void {
    this.parts.keep.write('order', undefined)
    this.show({ step: 'refused', error })
  }

  private isRunning(): boolean {
    return ['work', 'sending', 'waiting'].includes(this.current.step)
  }

  private kept(): KeptOrder | undefined {
    return this.parts.keep.read('order') as KeptOrder | undefined
  }

  private show(state: PostState): void {
    this.current = state
    for (const listener of this.listeners) listener()
  }
}

/**
 * Milliseconds until the same request may go out again; undefined where the answer is final. A token that was too
 * old has stored nothing, so a new one goes under the same key; a twin still running (409) will have its answer.
 */
function waitAfter(error: unknown, attempt: number): number | undefined {
  const step = waits[Math.min(attempt, waits.length - 1)] ?? 0
  if (!(error instanceof ApiError)) return step
  if (error.status === 429) return Math.max(Number(error.headers['retry-after']) || 0, 1) * 1000
  if (error.status >= 500 || error.status === 408 || error.status === 409) return step
  return isTokenRefused(error) && attempt < 3 ? 0 : undefined
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 422) return false
  const fields = Object.keys(error.errors ?? {})
  return (
    fields.length > 0 && fields.every((field) => ['rcaptcha_token', 'challenge_id', 'nonce'].includes(field))
  )
}
