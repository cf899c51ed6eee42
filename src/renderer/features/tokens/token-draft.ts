import type { Scope } from '#contract/endpoint.ts'
import type { NewToken } from '#contract/tokens.ts'
import { fromLocalInput } from '../../lib/local-time.ts'

/** A new token as its form holds it; empty texts mean "not limited". */
export interface TokenDraft {
  name: string
  kind: NewToken['kind']
  scopes: Scope[]
  business: string
  expires: string
  rate: string
}

export const allBusinesses = 'all'

export const emptyToken: TokenDraft = {
  name: '',
  kind: 'api',
  scopes: ['links:read'],
  business: allBusinesses,
  expires: '',
  rate: '',
}

export function newTokenOf({ name, kind, scopes, business, expires, rate }: TokenDraft): NewToken {
  return {
    name,
    kind,
    scopes,
    business_id: business === allBusinesses ? null : business,
    expires_at: fromLocalInput(expires),
    rate_per_minute: rate.trim() === '' ? null : Number(rate),
  }
}
