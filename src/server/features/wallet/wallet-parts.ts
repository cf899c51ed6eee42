import type { WalletFormat, WalletPass } from '#contract/wallet-passes.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'

interface Caller {
  db: Db
  identity: Identity
  context: Context
}

/** A card as another company's app takes it. */
export interface SignedCard {
  type: string
  ending: string
  body: Buffer | string
}

/** What cards take from other features, which do not know them nor they those. */
export interface WalletParts {
  /** The business that a call is about. Throws 403 and 422 for one that it cannot be. */
  businessOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }>
  /** The businesses whose cards a list shows. Throws 403. */
  businessesOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }[]>
  /** The address that a link of the business is printed with; undefined where there is no such link. */
  findLink(db: Db, id: string, businessId: string): Promise<string | undefined>
  /** A name that every system takes for a file. */
  safeFileName(name: string): string
  /** Signs a card with the credentials of its business; undefined where it has none. */
  sign?: (
    db: Db,
    format: Extract<WalletFormat, 'apple' | 'google'>,
    card: WalletPass,
    codeText: string,
  ) => Promise<SignedCard | undefined>
}
