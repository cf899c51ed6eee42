import type { PrinterState } from './printer-status.ts'

/** Switched at run time; every one is off or usual at the start. */
export interface PrinterFaults extends PrinterState {
  /** Nothing is taken, printed or answered. */
  stalled: boolean
  /** Nothing is ever answered. */
  mute: boolean
  /** An old clone: it does not know the process id (`GS ( H`). */
  noProof: boolean
  /** It does not know the counters (`GS g 2`). */
  noCounter: boolean
  /** How long each printed line takes. */
  lineMs: number
  /** How many bytes a second are worked off; 0 for at once. */
  bytesPerSecond: number
  /** From the last printed byte until the process id is answered: the paper still moves. */
  proofMs: number
  /** The paper ends after so many more lines; null for never. */
  linesLeft: number | null
}

export const noFaults: PrinterFaults = {
  paperOut: false,
  paperNearEnd: false,
  coverOpen: false,
  cutterError: false,
  drawerSignal: false,
  stalled: false,
  mute: false,
  noProof: false,
  noCounter: false,
  lineMs: 0,
  bytesPerSecond: 0,
  proofMs: 0,
  linesLeft: null,
}

/** Faults of the line, beside those of the printer. */
export interface LineFaults {
  /** Nobody listens. */
  refuse: boolean
  /** The connection is reset once so many more bytes have come; null for never. */
  resetAfterBytes: number | null
  /** Every connection from now on is reset once so many bytes have come over it; null for none. */
  resetEachAfter: number | null
}
