import { Ban, CircleCheck, Clock } from 'lucide-react'
import { useState } from 'react'
import type { Token } from '#contract/tokens.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { StatusBadge, Tag } from '../../ui/status-badge.tsx'
import styles from './tokens.module.css'

export function TokenLine({ token, revoke }: { token: Token; revoke: () => void }) {
  const t = useTranslate()
  const facts = useTokenFacts(token)
  const [now] = useState(Date.now)
  const isLive = token.revoked_at === null && !isExpired(token, now)
  return (
    <li className={styles.line}>
      <div className={styles.text}>
        <div className={styles.nameLine}>
          <span className={styles.name}>{token.name}</span>
          <TokenState token={token} now={now} />
        </div>
        <div className={styles.facts}>{facts.join(' · ')}</div>
        <div className={styles.scopes}>
          {token.scopes.map((scope) => (
            <Tag key={scope}>{scope === '*' ? t('tokens.everything') : scope}</Tag>
          ))}
        </div>
      </div>
      {isLive && (
        <Button small onPress={revoke} aria-label={t('tokens.revoke.name', { name: token.name })}>
          {t('tokens.revoke')}
        </Button>
      )}
    </li>
  )
}

function TokenState({ token, now }: { token: Token; now: number }) {
  const t = useTranslate()
  if (token.revoked_at !== null)
    return (
      <StatusBadge icon={Ban} tone="bad">
        {t('tokens.state.revoked')}
      </StatusBadge>
    )
  if (isExpired(token, now))
    return (
      <StatusBadge icon={Clock} tone="warn">
        {t('tokens.state.expired')}
      </StatusBadge>
    )
  return (
    <StatusBadge icon={CircleCheck} tone="good">
      {t('tokens.state.live')}
    </StatusBadge>
  )
}

function isExpired({ expires_at }: Token, now: number): boolean {
  return expires_at !== null && Date.parse(expires_at) <= now
}

function useTokenFacts(token: Token): string[] {
  const t = useTranslate()
  const formats = useFormats()
  const { all } = useBusiness()
  const business = all.find(({ id }) => id === token.business_id)?.name
  return [
    token.kind === 'mcp' ? t('tokens.kind.mcp') : t('tokens.kind.api'),
    t('tokens.endsIn', { letters: token.last_four }),
    token.business_id === null ? t('tokens.allBusinesses') : (business ?? token.business_id),
    t('tokens.rate', { rate: token.rate_per_minute ?? 120 }),
    token.expires_at === null
      ? t('tokens.neverExpires')
      : t('tokens.expires', { at: formats.dateTime(token.expires_at) }),
    token.last_used_at === null
      ? t('tokens.neverUsed')
      : t('tokens.used', { at: formats.dateTime(token.last_used_at) }),
  ]
}
