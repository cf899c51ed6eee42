import type { ValidateGs1 } from '#contract/gs1.ts'
import { normaliseGtin } from './features/gs1/gtin.ts'
import { countActions } from './features/recall-actions/count-actions.ts'
import { RecallData } from './features/recalls/data-state.ts'
import type { RecallMemory, RecallParts } from './features/recalls/recall-parts.ts'
import { RecallLines } from './features/recalls/verdict.ts'
import { businessesOfCall, businessOfCall } from './features/restaurant/caller-businesses.ts'
import { nameOfCaller } from './features/restaurant/who.ts'

/** What recalls take from other features, which do not know them nor they those. */
export function recallParts(validate: ValidateGs1): RecallParts {
  return { validate, normaliseGtin, countActions, nameOfCaller, businessOfCall, businessesOfCall }
}

export function recallMemory(): RecallMemory {
  return { lines: new RecallLines(), data: new RecallData() }
}
