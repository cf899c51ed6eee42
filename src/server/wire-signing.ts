import type { Context } from './context.ts'
import { credentialsFor } from './features/credentials/store.ts'
import type { Vault } from './features/credentials/vault.ts'
import { makeGoogleLink, makeGoogleSigner, type GoogleCredential } from './features/wallet/google-jwt.ts'
import { makePassSigner, makePkpass, type AppleCredential } from './features/wallet/pkpass.ts'
import type { WalletParts } from './features/wallet/wallet-parts.ts'

/** Signs cards with the credentials of their business, which cards know nothing of. */
export function makeCardSigner({ clock }: Context, vault: Vault): NonNullable<WalletParts['sign']> {
  return async (db, format, card, codeText) => {
    const now = clock()
    const integration = format === 'apple' ? 'apple_wallet' : 'google_wallet'
    const opened = await credentialsFor({ db, vault, now }, card.business_id, integration)
    if (opened === undefined) return undefined
    if (format === 'apple') {
      const signer = makePassSigner(opened as unknown as AppleCredential)
      const body = await makePkpass(card, codeText, signer, now)
      return { type: 'application/vnd.apple.pkpass', ending: '.pkpass', body }
    }
    const signer = makeGoogleSigner(opened as unknown as GoogleCredential)
    const body = JSON.stringify(makeGoogleLink(card, codeText, signer, now))
    return { type: 'application/json', ending: '.json', body }
  }
}
