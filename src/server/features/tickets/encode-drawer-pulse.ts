import type { PrinterProfile } from './profile.ts'

/**
 * Opens a cash drawer: 100 ms on, 500 ms off, on connector pin 2 (0) or 5 (1). A job of its own and never a part
 * of a ticket: a ticket may be printed again, a drawer must not open again.
 */
export function encodeDrawerPulse(profile: PrinterProfile, pin: 0 | 1): Buffer {
  // Star: ESC BEL sets both times (10 ms each), BEL opens the first drawer, SUB the second.
  if (profile.language === 'star-line') return Buffer.from([0x1b, 0x07, 10, 50, pin === 0 ? 0x07 : 0x1a])
  return Buffer.from([0x1b, 0x70, pin, 0x32, 0xfa])
}
