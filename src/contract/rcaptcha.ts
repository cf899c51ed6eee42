import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, Timestamp } from './fields.ts'

/** What a token may be asked for; it opens that form and no other. */
export const RcaptchaForm = Type.Enum([
  'order_intent',
  'service_request',
  'lead_submission',
  'passwordless_request',
])
export type RcaptchaForm = Static<typeof RcaptchaForm>

/** Work for the visitor's machine: find a `nonce` so that SHA-256 of `salt + nonce` starts with `difficulty` zero bits. */
export const RcaptchaChallenge = Type.Object({
  id: Id,
  form: RcaptchaForm,
  algorithm: Type.Enum(['SHA-256']),
  salt: Type.String(),
  difficulty: Type.Integer(),
  expires_at: Timestamp,
})
export type RcaptchaChallenge = Static<typeof RcaptchaChallenge>

const shape = { tag: 'Public', access: 'public', throttle: 'rcaptcha' } as const

export const createRcaptchaChallenge = defineEndpoint({
  ...shape,
  name: 'createRcaptchaChallenge',
  method: 'POST',
  path: '/api/public/rcaptcha/challenge',
  summary: 'Ask for a challenge before a public form is sent; no third party sees the visitor',
  body: Type.Object({ form: RcaptchaForm }),
  status: 201,
  reply: Type.Object({ challenge: RcaptchaChallenge }),
  forgetful: true,
})

export const verifyRcaptchaChallenge = defineEndpoint({
  ...shape,
  name: 'verifyRcaptchaChallenge',
  method: 'POST',
  path: '/api/public/rcaptcha/verify',
  summary: 'Trade a solved challenge for a token that opens its form once',
  body: Type.Object({
    challenge_id: Id,
    nonce: Type.String({ minLength: 1, maxLength: 64 }),
  }),
  status: 201,
  reply: Type.Object({ rcaptcha_token: Type.String(), expires_at: Timestamp }),
  forgetful: true,
})
