import type { ValidateGs1 } from '#contract/gs1.ts'
import { findShownPassport } from './features/product-passports/find-shown.ts'
import { passportPage } from './features/product-passports/passport-page.ts'
import { scanSourceOf } from './features/qr-links/scan-source.ts'
import { RecallLines, verdictFor } from './features/recalls/verdict.ts'
import type { ResolverParts } from './features/resolver/resolver-parts.ts'

/** What the resolver takes from other features, which do not know it nor it them. */
export function resolverParts(validate: ValidateGs1): ResolverParts {
  const lines = new RecallLines()
  return {
    validate,
    verdictFor: (db, item, businessId) => verdictFor(db, lines, item, [businessId]),
    findPassport: findShownPassport,
    passportPage: (passport, banner) => passportPage(passport, { banner }),
    sourceOf(headers) {
      const { device, language } = scanSourceOf(headers)
      return { device, language }
    },
  }
}
