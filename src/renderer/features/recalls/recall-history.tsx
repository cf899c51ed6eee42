import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { showRecallReport, type RecallAction } from '#contract/recall-actions.ts'
import type { Recall } from '#contract/recalls.ts'
import { useApi } from '../../lib/api.tsx'
import { cx } from '../../lib/cx.ts'
import { describeFailure } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Balance } from './balance.tsx'
import { actionsQuery, revisionsQuery } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './recalls.module.css'

const formats = ['pdf', 'csv', 'jsonl'] as const
const saveNames = {
  pdf: 'recalls.report.pdf',
  csv: 'recalls.report.csv',
  jsonl: 'recalls.report.jsonl',
} as const

/** What was done, the newest first; corrected entries stay and are struck through. */
export function ActionsCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const api = useApi()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery(actionsQuery(api, recall.id, page))
  const corrected = new Set(data?.data.map((action) => action.supersedes_id))
  return (
    <Card title={t('recalls.actions')} actions={<Reports recall={recall} />}>
      <Balance recall={recall} />
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {data?.total === 0 && <p className={layout.soft}>{t('recalls.actions.none')}</p>}
      <ul className={styles.history}>
        {data?.data.map((action) => (
          <ActionLine key={action.id} action={action} isCorrected={corrected.has(action.id)} />
        ))}
      </ul>
      {data && data.last_page > 1 && (
        <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />
      )}
    </Card>
  )
}

function ActionLine({ action, isCorrected }: { action: RecallAction; isCorrected: boolean }) {
  const t = useTranslate()
  const { dateTime, number } = useFormats()
  const what = `${number(action.quantity)} × ${t(`action.${action.action}`)}`
  const facts = [
    dateTime(action.done_at),
    action.place,
    action.person ?? action.by,
    action.lot === null ? null : t('recalls.lotIs', { lot: action.lot }),
    action.photos.length > 0 ? t('recalls.photos', { count: action.photos.length }) : null,
  ]
  return (
    <li>
      <span className={cx(isCorrected && styles.struck)}>
        <strong>{what}</strong>
        {action.supersedes_id !== null && ` · ${t('recalls.correction')}`}
      </span>
      <span className={layout.soft}>
        <bdi>{facts.filter(Boolean).join(' · ')}</bdi>
      </span>
      {action.note !== null && <bdi>{action.note}</bdi>}
    </li>
  )
}

function Reports({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const [making, setMaking] = useState<string>()
  const save = async (format: (typeof formats)[number]): Promise<void> => {
    setMaking(format)
    try {
      const answer = await api.request(showRecallReport, { params: { id: recall.id }, query: { format } })
      const name = (recall.notice.number ?? recall.id).replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      saveFile(await answer.blob(), `recall-${name}.${format}`)
    } catch (error) {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    } finally {
      setMaking(undefined)
    }
  }
  return formats.map((format) => (
    <Button
      key={format}
      small
      icon={<Download aria-hidden />}
      isDisabled={making !== undefined}
      onPress={() => void save(format)}
      aria-label={t(saveNames[format])}
    >
      {format.toUpperCase()}
    </Button>
  ))
}

/** What the recall said, revision by revision. */
export function RevisionsCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const api = useApi()
  const { dateTime } = useFormats()
  const { data } = useQuery(revisionsQuery(api, recall.id))
  return (
    <Card title={t('recalls.revisions')}>
      <ul className={styles.history}>
        {data?.map(({ revision, reason, by, created_at, lines }) => (
          <li key={revision}>
            <strong>{t('recalls.revision', { revision })}</strong>
            <span className={layout.soft}>
              <bdi>{[dateTime(created_at), by, t('recalls.lines', { count: lines.length })].join(' · ')}</bdi>
            </span>
            {reason !== null && <bdi>{reason}</bdi>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
