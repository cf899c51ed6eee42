import { createRcaptchaChallenge, verifyRcaptchaChallenge } from '#contract/rcaptcha.ts'
import type { Mount } from '../../http/mount.ts'
import { issueChallenge, solveChallenge } from './store.ts'

/** Proof of work before a public form: no third party sees the visitor, and no picture has to be read. */
export function serveRcaptcha(mount: Mount): void {
  mount(createRcaptchaChallenge, {
    handle: async ({ db, body, context }) => ({
      challenge: await issueChallenge(db, body.form, context.clock()),
    }),
  })

  mount(verifyRcaptchaChallenge, {
    handle: async ({ db, body, context }) => {
      const solution = { id: body.challenge_id, nonce: body.nonce }
      const { token, expires_at } = await solveChallenge(db, solution, context.clock())
      return { rcaptcha_token: token, expires_at }
    },
  })
}
