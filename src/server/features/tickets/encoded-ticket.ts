/** The bytes of one ticket, kept as they are and sent as they are. */
export interface EncodedTicket {
  bytes: Buffer
  /** Where `encodeMark` is put in when sending: after initialisation, before the first row. */
  markAt: number
  /** Whether rows are the printer's own letters, pictures, or some of each. Logo and QR code do not count. */
  mode: 'text' | 'raster' | 'mixed'
  /** Characters that no font of ours has, each once; the paper shows a box or the system's own font. */
  unprintable: string[]
}

/** Why this copy is not the first or not where it was expected; printed above everything else. */
export interface TicketMark {
  /** 0 for a first copy, 1 for the first reprint. */
  reprint: number
  /** The printer that should have printed it. */
  backupFor: string | null
  mayBeDuplicate: boolean
}
