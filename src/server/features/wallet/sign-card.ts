import type { WalletPass } from '#contract/wallet-passes.ts'
import { makeGoogleLink, makeGoogleSigner, type GoogleCredential, type GoogleSigner } from './google-jwt.ts'
import { makePassSigner, makePkpass, type AppleCredential, type PassSigner } from './pkpass.ts'
import type { SignedCard } from './wallet-parts.ts'

/** Opened credentials by the format that they sign. */
export type CardKeys = Partial<Record<'apple' | 'google', Record<string, string>>>

/** Signs a card; `now` in milliseconds. Throws for a format that there is no key of. */
export type SignCard = (
  format: 'apple' | 'google',
  card: WalletPass,
  codeText: string,
  now: number,
) => Promise<SignedCard>

/** Opens the keys once for as many cards as there are. */
export function signerWith(keys: CardKeys): SignCard {
  let apple: PassSigner | undefined
  let google: GoogleSigner | undefined
  return async (format, card, codeText, now) => {
    if (format === 'apple') {
      apple ??= makePassSigner(keys.apple as unknown as AppleCredential)
      const body = await makePkpass(card, codeText, apple, now)
      return { type: 'application/vnd.apple.pkpass', ending: '.pkpass', body }
    }
    google ??= makeGoogleSigner(keys.google as unknown as GoogleCredential)
    const body = JSON.stringify(makeGoogleLink(card, codeText, google, now))
    return { type: 'application/json', ending: '.json', body }
  }
}
