import { safeFileName } from './features/exports/file-names.ts'
import { presentQrLink } from './features/qr-links/present.ts'
import { businessesOfCall, businessOfCall } from './features/restaurant/caller-businesses.ts'
import type { WalletParts } from './features/wallet/wallet-parts.ts'

/** What wallet cards take from other features, which do not know them nor they those. */
export function walletParts(): WalletParts {
  return {
    businessOfCall,
    businessesOfCall,
    safeFileName,
    findLink: async (db, id, businessId) => {
      const row = await db
        .selectFrom('qr_links')
        .selectAll()
        .where('id', '=', id)
        .where('business_id', '=', businessId)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      if (!row) return undefined
      const business = await db
        .selectFrom('businesses')
        .select('short_domain')
        .where('id', '=', businessId)
        .executeTakeFirstOrThrow()
      return presentQrLink(row, business.short_domain).short_url
    },
  }
}
