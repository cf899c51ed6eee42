import type { BodyOf, ReplyOf } from '#contract/endpoint.ts'
import { ApiError, type FieldErrors } from '#contract/errors.ts'
import type * as contract from '#contract/public-restaurant.ts'
import type * as rcaptcha from '#contract/rcaptcha.ts'
import { findNonce } from './proof.ts'

/** The contract's addresses; written out, as its schemas would triple the size of this page. A test compares them. */
export const addresses = {
  showPublicMenu: '/api/public/restaurant/menu',
  submitOrderIntent: '/api/public/restaurant/order-intents',
  submitServiceRequest: '/api/public/restaurant/service-requests',
  showPublicOrder: '/api/public/restaurant/receipts/{token}',
  createRcaptchaChallenge: '/api/public/rcaptcha/challenge',
  verifyRcaptchaChallenge: '/api/public/rcaptcha/verify',
} as const

export type Menu = ReplyOf<typeof contract.showPublicMenu>['menu']
export type MenuItem = Menu['items'][number]
export type OrderBody = Omit<BodyOf<typeof contract.submitOrderIntent>, 'rcaptcha_token'>
export type Receipt = ReplyOf<typeof contract.submitOrderIntent>['order_intent']
export type OrderState = ReplyOf<typeof contract.showPublicOrder>['order_intent']
export type CallKind = BodyOf<typeof contract.submitServiceRequest>['kind']
type Form = BodyOf<typeof rcaptcha.createRcaptchaChallenge>['form']

/** What the guest page asks the restaurant. Answers that are not 2xx throw `ApiError`, a lost network anything else. */
export interface GuestApi {
  menu(code: string | null): Promise<Menu>
  /** Works for a token that opens one form once. */
  earnToken(form: Form, onProgress: (share: number) => void): Promise<string>
  sendOrder(order: OrderBody, token: string, key: string): Promise<Receipt>
  callService(call: { kind: CallKind; table_code: string | null }, token: string, key: string): Promise<void>
  order(receiptToken: string): Promise<OrderState>
}

const givenUpAfter = 15_000

export function makeGuestApi(fetch: typeof globalThis.fetch): GuestApi {
  async function ask<T>(path: string, body?: object, key?: string): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (body) headers['Content-Type'] = 'application/json'
    if (key) headers['Idempotency-Key'] = key
    const answer = await fetch(path, {
      method: body ? 'POST' : 'GET',
      headers,
      signal: AbortSignal.timeout(givenUpAfter),
      cache: 'no-store',
      ...(body && { body: JSON.stringify(body) }),
    })
    const json = (await answer.json()) as T & { message?: string; errors?: FieldErrors }
    if (answer.ok) return json
    throw new ApiError(answer.status, json.message ?? '', json.errors, Object.fromEntries(answer.headers))
  }
  return {
    menu: async (code) => {
      const query = code === null ? '' : `?table_code=${encodeURIComponent(code)}`
      return (await ask<ReplyOf<typeof contract.showPublicMenu>>(addresses.showPublicMenu + query)).menu
    },
    earnToken: async (form, onProgress) => {
      const { challenge } = await ask<ReplyOf<typeof rcaptcha.createRcaptchaChallenge>>(
        addresses.createRcaptchaChallenge,
        { form },
      )
      const nonce = await findNonce(challenge.salt, challenge.difficulty, onProgress)
      const solved = { challenge_id: challenge.id, nonce }
      type Verified = ReplyOf<typeof rcaptcha.verifyRcaptchaChallenge>
      return (await ask<Verified>(addresses.verifyRcaptchaChallenge, solved)).rcaptcha_token
    },
    sendOrder: async (order, rcaptcha_token, key) =>
      (
        await ask<ReplyOf<typeof contract.submitOrderIntent>>(
          addresses.submitOrderIntent,
          { ...order, rcaptcha_token },
          key,
        )
      ).order_intent,
    callService: async (call, rcaptcha_token, key) => {
      await ask(addresses.submitServiceRequest, { ...call, rcaptcha_token }, key)
    },
    order: async (token) =>
      (
        await ask<ReplyOf<typeof contract.showPublicOrder>>(
          addresses.showPublicOrder.replace('{token}', encodeURIComponent(token)),
        )
      ).order_intent,
  }
}
