import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { statusNames } from './passport-names.ts'
import { revisionsQuery } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './passports.module.css'

interface RevisionsProps {
  passport: ProductPassport
  /** The revision on the page. */
  shown: number
  /** Undefined for what it says now. */
  show: (revision: number | undefined) => void
}

/** Who changed a passport and when; each can be looked at, none is ever gone. */
export function RevisionsCard({ passport, shown, show }: RevisionsProps) {
  const t = useTranslate()
  const formats = useFormats()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery(revisionsQuery(useApi(), passport.id, page))
  return (
    <Card title={t('passports.revisions')}>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      <ul className={styles.history}>
        {data?.data.map(({ revision, name, status, by, created_at: at }) => (
          <li key={revision} className={styles.heading}>
            <span className={styles.grow}>
              <strong>{t('passports.revision', { revision })}</strong>{' '}
              <span className={layout.soft}>
                <bdi>{[formats.dateTime(at), by, t(statusNames[status]), name].join(' · ')}</bdi>
              </span>
            </span>
            {revision !== shown && (
              <Button
                small
                aria-label={t('passports.revision.show', { revision })}
                onPress={() => show(revision === passport.revision ? undefined : revision)}
              >
                {t('passports.show')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data && data.last_page > 1 && (
        <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />
      )}
    </Card>
  )
}
