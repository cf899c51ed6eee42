import type { BodyOf } from '#contract/endpoint.ts'
import type { ValidateGs1 } from '#contract/gs1.ts'
import type { LabelSymbol, ProductPassport, setRecallOverride } from '#contract/product-passports.ts'
import type { RecallAction } from '#contract/recall-actions.ts'
import type { Recall } from '#contract/recalls.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'

export type LabelFormat = 'label_svg' | 'label_png' | 'label_pdf'

interface LabelFile {
  format: LabelFormat
  symbol: LabelSymbol
  media_type: string
  filename: string
  body: Buffer
}

type OverrideBody = BodyOf<typeof setRecallOverride>

/** What a passport asks of recalls: make one for it, revise the one it has, or lift that with a reason. */
interface OverrideOrder {
  businessId: string
  passportId: string
  /** The recall that overrides the passport now; null makes a new one. */
  recallId: string | null
  action: 'set' | 'lift'
  notice: OverrideBody['notice']
  lines: OverrideBody['lines']
  isMock: boolean | undefined
  reason: string | null
  /** Who asked for it, for the recall's revisions. */
  by: string
  now: number
}

type Interval = 'hour' | 'day' | 'week' | 'month'
export interface IntervalSpan {
  from: number
  to: number
  interval: Interval
  timezone: string
}

/** What passports take from other features, which do not know them nor they those. */
export interface PassportParts {
  validate: ValidateGs1
  /** Whom the history names for a call. */
  nameOfCaller(db: Db, identity: Identity): Promise<string>
  /** The business that a new passport is for. Throws 403 and 422 for one that it cannot be. */
  businessOfCall(
    call: { db: Db; identity: Identity; context: Context },
    sent: string | undefined,
  ): Promise<{ id: string }>
  /** Throws `ValidationFailed` for what the recall's own rules refuse. */
  overrideRecall(trx: Db, order: OverrideOrder): Promise<Recall>
  /** The record of a recall, the oldest first, corrections and what they correct both. */
  recordedActions(db: Db, recallId: string): Promise<RecallAction[]>
  /** The actions that count: corrections in place of what they correct, an item once, at what was done last. */
  standingActions(actions: readonly RecallAction[]): RecallAction[]
  accountedQuantity(actions: readonly RecallAction[]): number
  /** Every label that the goods can have, in all formats. */
  makeLabels(passport: ProductPassport): Promise<LabelFile[]>
  /** Undefined where the goods cannot have it. */
  makeLabel(
    passport: ProductPassport,
    symbol: LabelSymbol,
    format: LabelFormat,
  ): Promise<LabelFile | undefined>
  /** Days, weeks and months in a business's own zone. */
  startOfBucket(moment: number, interval: Interval, timezone: string): number
  bucketStarts(span: IntervalSpan): number[]
  bucketCount(span: IntervalSpan): number
  /** Families of canvas's `font` that hold the characters of a text. */
  familiesFor(text: string, bold: boolean): string
}
