import { History } from 'lucide-react'
import type { RecallDataState } from '#contract/recalls.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import styles from './field.module.css'

/** After a day without the hosted service newer recalls may be unknown here. */
const oldAfter = 86_400_000

/** What an answer of a time rests on and how old that was: stands with every answer. */
export function DataBasis({ data, at }: { data: RecallDataState; at: string }) {
  const t = useTranslate()
  const formats = useFormats()
  const now = Date.parse(at)
  if (data.active_recalls === 0) return <p className={styles.noBasis}>{t('field.data.none')}</p>
  const age = (iso: string) => ({ ago: formats.ago(iso, now), when: formats.dateTime(iso) })
  const { changed_at, synced_at } = data
  const isOld = synced_at !== null && now - Date.parse(synced_at) > oldAfter
  const facts = [
    t('field.data.basis', { recalls: data.active_recalls, criteria: data.criteria }),
    ...(changed_at === null ? [] : [t('field.data.changed', age(changed_at))]),
    synced_at === null ? t('field.data.alone') : t('field.data.synced', age(synced_at)),
  ]
  return (
    <div className={styles.basis}>
      {isOld && (
        <StatusBadge icon={History} tone="warn">
          {t('field.data.old')}
        </StatusBadge>
      )}
      <p title={t('field.data.version', { version: data.version })}>{facts.join(' · ')}</p>
    </div>
  )
}
