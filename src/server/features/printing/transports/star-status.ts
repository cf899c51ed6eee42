import type { PrinterStatus } from './transport.ts'

/** ESC ACK SOH: send the automatic status now (Star Line Mode Command Specifications, "Status"). */
export const starStatusQuestion = Buffer.from([0x1b, 0x06, 0x01])
/** ETB: when everything before it is on paper, count one up and send the status. */
export const starCounterStep = Buffer.from([0x17])
/** ESC RS E n: sets the ETB counter to zero. */
export const starCounterReset = Buffer.from([0x1b, 0x1e, 0x45, 0])

export interface StarStatus {
  status: PrinterStatus
  /** 0 to 31, over and over. */
  counter: number
  /** Bytes from the start that this status took. */
  end: number
}

/**
 * The first whole automatic status in what came. Its first byte tells its length: bit 0 is set, bits 4 and 7 are not,
 * and bits 1 to 3 and 5 count the bytes; undefined while there is none.
 */
export function readStarStatus(bytes: Buffer): StarStatus | undefined {
  for (let at = 0; at < bytes.length; at++) {
    const head = bytes[at]!
    if ((head & 0x91) !== 0x01) continue
    const length = ((head >> 1) & 0x07) | ((head >> 2) & 0x08)
    if (length < 7 || at + length > bytes.length) continue
    const block = bytes.subarray(at, at + length)
    return { status: statusOf(block), counter: counterOf(block[7] ?? 0), end: at + length }
  }
  return undefined
}

/** Bits 1 to 3 and 5 and 6 of the eighth byte. */
function counterOf(byte: number): number {
  return ((byte >> 1) & 0x07) | ((byte >> 2) & 0x18)
}

function statusOf(block: Buffer): PrinterStatus {
  const [, , printer = 0, fault = 0, , paper = 0] = block
  if (printer & 0x20)
    return { state: 'cover_open', reason: 'Its cover is open. Close it; printing goes on by itself.' }
  if (paper & 0x08) {
    return {
      state: 'paper_out',
      reason: 'It is out of paper. Put in a new roll; printing goes on by itself.',
    }
  }
  if (fault & 0x68) {
    const reason = 'It reports a fault, often a jam at the knife. Open it, clear it, switch it off and on.'
    return { state: 'error', reason }
  }
  if (printer & 0x08) {
    return {
      state: 'offline',
      reason: 'It says that it is offline. Press its feed button, or switch it off and on.',
    }
  }
  if (paper & 0x04)
    return { state: 'paper_low', reason: 'Its paper is nearly used up. Have a new roll ready.' }
  return { state: 'ready', reason: null }
}
