import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'

interface Caller {
  db: Db
  identity: Identity
  context: Context
}

/** What codes take from other features, which do not know them nor they those. */
export interface QrCodeParts {
  /** The business that a call is about. Throws 403 and 422 for one that it cannot be. */
  businessOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }>
  /** The businesses whose presets a list shows. Throws 403. */
  businessesOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }[]>
  /** Where the file of the reader lies (`config.readerWasm`). */
  readerWasm: string
}
