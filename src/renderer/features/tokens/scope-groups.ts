import { scopes, type Scope } from '#contract/endpoint.ts'

export interface ScopeGroup {
  /** What the scopes are about: the word before the colon. */
  name: string
  scopes: Scope[]
}

/** The scopes by subject, in the order of the contract. `*` stands alone and is not among them. */
export function groupScopes(list: readonly Scope[] = scopes): ScopeGroup[] {
  const groups = new Map<string, Scope[]>()
  for (const scope of list) {
    if (scope === '*') continue
    const name = scope.split(':', 1)[0] ?? scope
    groups.set(name, [...(groups.get(name) ?? []), scope])
  }
  return [...groups].map(([name, members]) => ({ name, scopes: members }))
}
