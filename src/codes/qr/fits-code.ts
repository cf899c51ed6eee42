import { encodeQr, QrTooLong, type QrOptions } from './encode-qr.ts'

/** Whether a code of the level, M where none is said, can hold the text. */
export function fitsCode(text: string, level: QrOptions['level'] = 'M'): boolean {
  try {
    encodeQr(text.toWellFormed(), { level })
    return true
  } catch (error) {
    if (error instanceof QrTooLong) return false
    throw error
  }
}
