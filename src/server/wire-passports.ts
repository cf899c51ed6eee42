import type { ValidateGs1 } from '#contract/gs1.ts'
import { makeLabel, makeLabels } from './features/labels/make-labels.ts'
import type { PassportParts } from './features/product-passports/passport-parts.ts'
import { bucketCount, bucketStarts, startOfBucket } from './features/qr-links/intervals.ts'
import { countActions } from './features/recall-actions/count-actions.ts'
import { accountedQuantity, standingActions } from './features/recall-actions/reconcile.ts'
import { recordedActions } from './features/recall-actions/store.ts'
import { overrideRecall } from './features/recalls/override-recall.ts'
import { presentRecall } from './features/recalls/present.ts'
import { businessOfCall } from './features/restaurant/caller-businesses.ts'
import { nameOfCaller } from './features/restaurant/who.ts'
import type { TicketPress } from './features/tickets/encode-ticket.ts'

interface Given {
  validate: ValidateGs1
  press: TicketPress
}

/** What passports take from other features, which do not know them nor they those. */
export function passportParts({ validate, press }: Given): PassportParts {
  return {
    validate,
    async overrideRecall(trx, order) {
      const row = await overrideRecall(trx, order, validate)
      const counts = await countActions(trx, [row.id])
      return presentRecall(row, counts.get(row.id))
    },
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
    familiesFor: (text, bold) => press.fonts.fontsFor(text, 'en', bold).families,
  }
}
