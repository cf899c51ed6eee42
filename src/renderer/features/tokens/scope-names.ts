import { useTranslate, type MessageId } from '../../lib/translate.ts'

const subjects: Record<string, MessageId> = {
  links: 'scope.links',
  imports: 'scope.imports',
  exports: 'scope.exports',
  wallet: 'scope.wallet',
  passports: 'scope.passports',
  recalls: 'scope.recalls',
  restaurant: 'scope.restaurant',
  leads: 'scope.leads',
  webhooks: 'scope.webhooks',
  integrations: 'scope.integrations',
  reports: 'scope.reports',
  team: 'scope.team',
  tokens: 'scope.tokens',
  local: 'scope.local',
}

const verbs: Record<string, MessageId> = { read: 'scope.read', write: 'scope.write', admin: 'scope.admin' }

/** What scopes are called; one that is not known keeps its own name. */
export function useScopeNames(): { nameOf: (subject: string) => string; verbOf: (scope: string) => string } {
  const t = useTranslate()
  const called = (names: Record<string, MessageId>, key: string): string => {
    const id = names[key]
    return id === undefined ? key : t(id)
  }
  return {
    nameOf: (subject) => called(subjects, subject),
    verbOf: (scope) => called(verbs, scope.split(':')[1] ?? scope),
  }
}
