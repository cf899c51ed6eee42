import type { TObject, TSchema } from 'typebox'
import * as brandPresets from './brand-presets.ts'
import * as qrCodes from './qr-codes.ts'
import * as businesses from './businesses.ts'
import * as device from './device.ts'
import type { Endpoint } from './endpoint.ts'
import * as exportBundles from './export-bundles.ts'
import * as gs1 from './gs1.ts'
import * as guestAccess from './guest-access.ts'
import * as imports from './imports.ts'
import * as integrationCredentials from './integration-credentials.ts'
import * as menuItems from './menu-items.ts'
import * as orderIntents from './order-intents.ts'
import * as posHandoff from './pos-handoff.ts'
import * as printJobs from './print-jobs.ts'
import * as printers from './printers.ts'
import * as publicRestaurant from './public-restaurant.ts'
import * as productPassports from './product-passports.ts'
import * as qrLinks from './qr-links.ts'
import * as rcaptcha from './rcaptcha.ts'
import * as recallActions from './recall-actions.ts'
import * as recalls from './recalls.ts'
import * as restaurantSettings from './restaurant-settings.ts'
import * as serviceRequests from './service-requests.ts'
import * as session from './session.ts'
import * as stations from './stations.ts'
import * as tables from './tables.ts'
import * as tokens from './tokens.ts'
import * as walletPasses from './wallet-passes.ts'

type AnyEndpoint = Endpoint<TObject, TObject, TSchema, TSchema>

/** Every endpoint of the contract, in the order the OpenAPI document shows them. */
export const endpoints: readonly AnyEndpoint[] = [
  session,
  tokens,
  businesses,
  qrLinks,
  exportBundles,
  imports,
  rcaptcha,
  publicRestaurant,
  menuItems,
  tables,
  stations,
  restaurantSettings,
  orderIntents,
  serviceRequests,
  posHandoff,
  device,
  guestAccess,
  printers,
  printJobs,
  productPassports,
  recalls,
  recallActions,
  gs1,
  qrCodes,
  brandPresets,
  walletPasses,
  integrationCredentials,
].flatMap((noun) => (Object.values(noun) as unknown[]).filter(isEndpoint))

function isEndpoint(value: unknown): value is AnyEndpoint {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
  )
}
