import { CircleCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Business } from '#contract/businesses.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { BusinessForm } from './business-form.tsx'
import styles from './businesses-screen.module.css'

export function BusinessesScreen() {
  const t = useTranslate()
  const { all } = useBusiness()
  const [editing, setEditing] = useState<Business | 'new' | null>(null)
  return (
    <Card
      title={t('businesses.title')}
      actions={
        <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => setEditing('new')}>
          {t('businesses.add')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('businesses.lead')}</p>
      <ul className={styles.list}>
        {all.map((business) => (
          <BusinessLine key={business.id} business={business} edit={() => setEditing(business)} />
        ))}
      </ul>
      <BusinessForm business={editing} onClose={() => setEditing(null)} />
    </Card>
  )
}

function BusinessLine({ business, edit }: { business: Business; edit: () => void }) {
  const t = useTranslate()
  const { current, choose } = useBusiness()
  const isCurrent = business.id === current.id
  return (
    <li className={styles.line}>
      <div className={styles.text}>
        <span className={styles.name}>{business.name}</span>
        <span className={styles.facts}>
          {business.short_domain ?? t('businesses.noDomain')} · {business.timezone} · {business.currency}
        </span>
      </div>
      <div className={styles.tools}>
        {isCurrent ? (
          <StatusBadge icon={CircleCheck} tone="good">
            {t('businesses.inUse')}
          </StatusBadge>
        ) : (
          <Button small onPress={() => choose(business.id)}>
            {t('businesses.use')}
          </Button>
        )}
        <Button small onPress={edit} aria-label={t('businesses.editName', { name: business.name })}>
          {t('ui.edit')}
        </Button>
      </div>
    </li>
  )
}
