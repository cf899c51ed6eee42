import { findShownPassport } from './features/product-passports/find-shown.ts'
import { passportPage } from './features/product-passports/passport-page.ts'
import { scanSourceOf } from './features/qr-links/scan-source.ts'
import type { ResolverParts } from './features/resolver/resolver-parts.ts'

type Given = Pick<ResolverParts, 'validate' | 'verdictFor'>

/** What the resolver takes from other features, which do not know it nor it them. */
export function resolverParts({ validate, verdictFor }: Given): ResolverParts {
  return {
    validate,
    verdictFor,
    findPassport: findShownPassport,
    passportPage: (passport, banner) => passportPage(passport, { banner }),
    sourceOf(headers) {
      const { device, language } = scanSourceOf(headers)
      return { device, language }
    },
  }
}
