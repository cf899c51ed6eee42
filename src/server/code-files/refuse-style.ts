import { ValidationFailed } from '#contract/errors.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { adviceFor, type CodeUse } from '#codes/qr/advice.ts'
import type { QrCode } from '#codes/qr/encode-qr.ts'
import { codeOf } from './draw-code.ts'

/** Throws 422 with what to change where phones cannot be counted on to read a code in this style. */
export function refuseStyle(code: QrCode, style: QrStyle, use: CodeUse = {}): void {
  const [worst] = adviceFor(code, style, use)
  if (worst?.severity === 'error') throw new ValidationFailed({ [`style.${worst.field}`]: [worst.message] })
}

/** As `refuseStyle`, for what a code is to say. */
export function refuseStyleOf(text: string, style: QrStyle, use: CodeUse = {}): void {
  refuseStyle(codeOf(text, style, use.logoRatio !== undefined), style, use)
}
