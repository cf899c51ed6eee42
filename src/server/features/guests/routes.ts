import { ValidationFailed } from '#contract/errors.ts'
import { changeGuestAccess, showGuestAccess } from '#contract/guest-access.ts'
import type { Mount } from '../../http/mount.ts'
import { isHostName } from './addresses.ts'
import type { GuestDoor } from './guest-door.ts'
import { loadDoorSettings, saveDoorSettings } from './settings.ts'

/** The owner's handle on the guests' door. */
export function serveGuestAccess(mount: Mount, door: GuestDoor): void {
  mount(showGuestAccess, { handle: async () => ({ guest_access: door.state() }) })

  mount(changeGuestAccess, {
    // What was decided is kept first; the door follows, and says in the answer whether it could.
    transaction: false,
    handle: async ({ context, body }) => {
      if (body.host !== undefined && body.host !== null && !isHostName(body.host)) {
        throw new ValidationFailed({ host: ['The host field must be a host name or an IP address.'] })
      }
      if (body.port !== undefined && body.port !== 0 && body.port === context.address.port) {
        throw new ValidationFailed({ port: ['The port field must be another than this app’s own.'] })
      }
      const settings = await context.database.db.transaction().execute(async (trx) => {
        const next = { ...(await loadDoorSettings(trx)), ...body }
        await saveDoorSettings(trx, next)
        return next
      })
      await door.apply(settings)
      context.events.emit({ type: 'guest_access.changed' })
      return { guest_access: door.state() }
    },
  })
}
