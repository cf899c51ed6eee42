import type { ValidateGs1 } from '#contract/gs1.ts'
import type { RecallActionParts } from './features/recall-actions/routes.ts'
import { nameOfCaller } from './features/restaurant/who.ts'
import type { TicketPress } from './features/tickets/encode-ticket.ts'

/** What the record of actions takes from other features. */
export function recallActionParts(validate: ValidateGs1, { fonts }: TicketPress): RecallActionParts {
  return {
    validate,
    nameOfCaller,
    familiesFor: (text, bold) => fonts.fontsFor(text, 'en', bold).families,
  }
}
