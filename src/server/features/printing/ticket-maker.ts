import type { Ticket } from '#contract/ticket.ts'
import type { PrinterProfileInfo } from '#contract/printers.ts'
import type { Static } from 'typebox'

/** What the head of a copy says that is not the first, or that another printer should have printed. */
export interface CopyMark {
  /** 0 for a first copy. */
  reprint: number
  /** The station whose own printer did not print it. */
  backupFor: string | null
  mayBeDuplicate: boolean
}

/** What the spool needs of the making of tickets, as features do not know each other. */
export interface TicketMaker {
  /** `markAt` is where a mark goes into the bytes. */
  encode(ticket: Ticket, profileId: string): Promise<{ bytes: Buffer; markAt: number }>
  mark(mark: CopyMark, profileId: string): Buffer
  testPage(profileId: string, shopName: string): Promise<{ bytes: Buffer; markAt: number }>
  drawerPulse(profileId: string): Buffer
  png(bytes: Buffer, profileId: string): Buffer
  /** Whether it speaks ESC/POS; only those can be asked for proof and counters in its way. */
  isEscPos(profileId: string): boolean
  profiles(): Static<typeof PrinterProfileInfo>[]
}
