import type { Check } from './flaw.ts'
import { codeChecks } from './linters-codes.ts'
import { couponChecks } from './linters-coupons.ts'
import { dateChecks } from './linters-dates.ts'
import { numberChecks } from './linters-numbers.ts'

/** GS1's checks of content, by the names that its dictionary gives them. */
export const linters = { ...numberChecks, ...dateChecks, ...codeChecks, ...couponChecks } satisfies Record<
  string,
  Check
>

export type LinterName = keyof typeof linters
export const linterNames = Object.keys(linters) as LinterName[]
