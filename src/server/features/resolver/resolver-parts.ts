import type { IncomingHttpHeaders } from 'node:http'
import type { ValidateGs1 } from '#contract/gs1.ts'
import type { ProductPassport } from '#contract/product-passports.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallVerdict } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'

type DayKind = NonNullable<RecallLine['days']>[number]['kind']

/** What a scan says of one item. */
export interface ScannedItem {
  /** 14 digits. */
  gtin: string
  lot: string | null
  serial: string | null
  /** Days as ISO 8601, or a month (`2027-05`) where the code names no day. */
  days: Partial<Record<DayKind, string>>
}

export type OverrideMode = 'redirect' | 'interstitial' | 'banner'

/** A passport that may be shown: published, or archived and still answering. */
export interface FoundPassport {
  passport: ProductPassport
  /** The recall put before its page, whether its time has come or not; times as stored. */
  override: { recallId: string; mode: OverrideMode; from: string | null; to: string | null } | null
}

export interface ShownPage {
  html: string
  /** The page's Content-Security-Policy. */
  policy: string
}

/** What the resolver takes from other features, which do not know it nor it them. */
export interface ResolverParts {
  validate: ValidateGs1
  /** The passport of exactly this GTIN, lot and serial number; the resolver itself walks up to the wider ones. */
  findPassport(
    db: Db,
    key: { gtin: string; lot: string | null; serial: string | null },
  ): Promise<FoundPassport | undefined>
  /** The page of a passport; `banner` is ready markup to put before everything else. */
  passportPage(passport: ProductPassport, banner: string): ShownPage
  verdictFor(
    db: Db,
    item: ScannedItem,
    businessId: string,
  ): Promise<Pick<RecallVerdict, 'verdict' | 'matches'>>
  /** Kind of device and language, and nothing that tells one person from another. */
  sourceOf(headers: IncomingHttpHeaders): { device: string; language: string | null }
}
