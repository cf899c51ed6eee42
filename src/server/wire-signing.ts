import type { Context } from './context.ts'
import type { Db } from './db/schema.ts'
import { credentialsFor } from './features/credentials/store.ts'
import type { Vault } from './features/credentials/vault.ts'
import type { SigningKeys } from './features/exports/bundle-item.ts'
import type { KeysFor } from './features/exports/bundle-source.ts'
import { signerWith } from './features/wallet/sign-card.ts'
import { unsigned } from './features/wallet/serve-card.ts'
import type { WalletParts } from './features/wallet/wallet-parts.ts'

const integrations = { apple: 'apple_wallet', google: 'google_wallet' } as const

type Signed = keyof typeof integrations

function keyOf({ clock }: Context, vault: Vault, db: Db, businessId: string, format: Signed) {
  return credentialsFor({ db, vault, now: clock() }, businessId, integrations[format])
}

/** Signs cards with the credentials of their business, which cards know nothing of. */
export function makeCardSigner(context: Context, vault: Vault): NonNullable<WalletParts['sign']> {
  return async (db, format, card, codeText) => {
    const key = await keyOf(context, vault, db, card.business_id, format)
    return key && signerWith({ [format]: key })(format, card, codeText, context.clock())
  }
}

/** The keys for the cards of a bundle. */
export function cardKeys(context: Context, vault: Vault): KeysFor {
  return async ({ kind, formats = [] }, businessId) => {
    const keys: SigningKeys = {}
    for (const format of ['apple', 'google'] as const) {
      if (kind !== 'wallet_cards' || !formats.includes(format)) continue
      const key = await keyOf(context, vault, context.database.readers, businessId, format)
      if (key === undefined) throw unsigned(format, `formats.${formats.indexOf(format)}`)
      keys[format] = key
    }
    return keys
  }
}
