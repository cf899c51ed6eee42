import { validateGs1 } from '#contract/gs1.ts'
import { timestamp } from '../../clock.ts'
import type { Mount } from '../../http/mount.ts'
import type { Gs1Engine } from './validate.ts'

/** A wrong barcode is an answer, and no error: 422 is for a wrong request alone. */
export function serveGs1(mount: Mount, validate: Gs1Engine): void {
  mount(validateGs1, {
    handle: async ({ body, context }) => {
      const today = timestamp(context.clock()).slice(0, 10)
      return { result: validate(body.input, { today, ...body.options }, body.kind) }
    },
  })
}
