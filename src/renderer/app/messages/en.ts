import { cardImportsEn } from './en-card-imports.ts'
import { exportsEn } from './en-exports.ts'
import { fieldEn } from './en-field.ts'
import { findingsEn } from './en-findings.ts'
import { importsEn } from './en-imports.ts'
import { menuEn } from './en-menu.ts'
import { passportsEn } from './en-passports.ts'
import { printingEn } from './en-printing.ts'
import { qrLinksEn } from './en-qr-links.ts'
import { recallsEn } from './en-recalls.ts'
import { restaurantEn } from './en-restaurant.ts'
import { restaurantSettingsEn } from './en-restaurant-settings.ts'
import { settingsEn } from './en-settings.ts'
import { shellEn } from './en-shell.ts'
import { signingEn } from './en-signing.ts'
import { studioEn } from './en-studio.ts'
import { walletEn } from './en-wallet.ts'

/** Everything the page says in English, as ICU messages by explicit ids. */
export const en = {
  ...shellEn,
  ...qrLinksEn,
  ...importsEn,
  ...cardImportsEn,
  ...findingsEn,
  ...settingsEn,
  ...menuEn,
  ...printingEn,
  ...restaurantEn,
  ...restaurantSettingsEn,
  ...fieldEn,
  ...recallsEn,
  ...exportsEn,
  ...signingEn,
  ...studioEn,
  ...walletEn,
  ...passportsEn,
}

type English = typeof en

declare module '../../lib/translate.ts' {
  // oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
  interface Messages extends English {}
}
