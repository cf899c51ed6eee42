import { useQuery } from '@tanstack/react-query'
import { PencilLine } from 'lucide-react'
import type { RecallAction } from '#contract/recall-actions.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { lastActionsQuery } from './queries.ts'
import { actionNames } from './verdict-looks.ts'
import styles from './field.module.css'

interface ActionHistoryProps {
  recallId: string
  correct: (entry: RecallAction) => void
}

/** What was recorded last in a recall; an entry is never changed, but another can take its place. */
export function ActionHistory({ recallId, correct }: ActionHistoryProps) {
  const t = useTranslate()
  const api = useApi()
  const { data: entries, error, refetch } = useQuery(lastActionsQuery(api, recallId))
  if (!entries) return error === null ? null : <FailureNotice error={error} retry={() => void refetch()} />
  return (
    <section className={styles.part}>
      <h4>{t('field.history')}</h4>
      {entries.length === 0 && <p>{t('field.history.none')}</p>}
      {entries.length > 0 && (
        <Lines label={t('field.history')}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} correct={() => correct(entry)} />
          ))}
        </Lines>
      )}
    </section>
  )
}

function Entry({ entry, correct }: { entry: RecallAction; correct: () => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const { sequence, quantity, action, place, person, done_at, superseded_by_id } = entry
  const facts = [
    t('field.history.number', { sequence }),
    formats.dateTime(done_at),
    place,
    person,
    entry.note,
  ]
  return (
    <Line
      name={t('field.history.entry', { quantity: formats.number(quantity), action: t(actionNames[action]) })}
      marks={
        superseded_by_id !== null && (
          <StatusBadge icon={PencilLine} tone="calm">
            {t('field.history.superseded')}
          </StatusBadge>
        )
      }
      facts={facts.filter(Boolean).join(' · ')}
      tools={
        superseded_by_id === null && (
          <Button small onPress={correct} aria-label={t('field.history.correct', { sequence })}>
            {t('field.history.correct.short')}
          </Button>
        )
      }
    />
  )
}
