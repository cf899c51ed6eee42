import type { ValidateGs1 } from '#contract/gs1.ts'
import type { Context } from './context.ts'
import { makeLabel, makeLabels } from './features/labels/make-labels.ts'
import type { PassportParts } from './features/product-passports/passport-parts.ts'
import { bucketCount, bucketStarts, startOfBucket } from './features/qr-links/intervals.ts'
import { accountedQuantity, standingActions } from './features/recall-actions/reconcile.ts'
import { recordedActions } from './features/recall-actions/store.ts'
import { businessOfCall } from './features/restaurant/caller-businesses.ts'
import { nameOfCaller } from './features/restaurant/who.ts'

interface Given {
  validate: ValidateGs1
  overrideRecall: PassportParts['overrideRecall']
}

/** What passports take from other features, which do not know them nor they those. */
export function passportParts({ config }: Context, { validate, overrideRecall }: Given): PassportParts {
  return {
    validate,
    overrideRecall,
    nameOfCaller,
    businessOfCall,
    recordedActions,
    standingActions,
    accountedQuantity,
    makeLabels,
    makeLabel,
    startOfBucket,
    bucketStarts,
    bucketCount,
    fontDir: config.fontDir,
  }
}
