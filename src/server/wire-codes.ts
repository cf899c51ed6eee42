import type { Context } from './context.ts'
import type { QrCodeParts } from './features/qr-codes/qr-code-parts.ts'
import { businessesOfCall, businessOfCall } from './features/restaurant/caller-businesses.ts'

/** What codes take from other features, which do not know them nor they those. */
export function qrCodeParts({ config }: Context): QrCodeParts {
  return { businessOfCall, businessesOfCall, readerWasm: config.readerWasm }
}
