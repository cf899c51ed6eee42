import type { BundleRequest } from '#contract/export-bundles.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import type { BundleItem, SigningKeys } from './bundle-item.ts'

/** A request as it is kept: what is made later than it does not belong to it. */
export interface StoredRequest extends BundleRequest {
  /** The last key that the filter reached when the bundle was asked for. */
  until?: string
  /** The logo of its preset, as a `data:` address. */
  logo?: string
}

/**
 * The keys that a request's formats are signed with; they go to the thread that signs and are kept nowhere else.
 * Throws 422 that names what is missing.
 */
export type KeysFor = (request: BundleRequest, businessId: string) => Promise<SigningKeys>

/** Finds the look of a preset of a business; undefined where there is no such preset. */
export type FindLook = (
  presetId: string,
  businessId: string,
) => Promise<{ style: QrStyle; logo: string | null } | undefined>

/** Where the items of a bundle come from. Handed in by who knows the features that hold them. */
export interface BundleSource {
  /** How many there are, and the last of their keys. */
  measure(request: BundleRequest, businessId: string): Promise<{ total: number; until?: string }>
  /** Up to `limit` items after a key, in order; fewer only at the end. */
  after(
    request: StoredRequest,
    businessId: string,
    key: string | null,
    limit: number,
  ): Promise<{ items: BundleItem[]; isLast: boolean }>
  /** The items from one place to before another, for a page of a preview. */
  slice(request: BundleRequest, businessId: string, from: number, to: number): Promise<BundleItem[]>
}
