import { expect, it } from 'vitest'
import { scopes } from '#contract/endpoint.ts'
import { groupScopes } from '#renderer/features/tokens/scope-groups.ts'

it('every scope but the one for everything can be ticked, once', () => {
  const shown = groupScopes().flatMap((group) => group.scopes)
  expect(shown.toSorted()).toEqual(scopes.filter((scope) => scope !== '*').toSorted())
})
