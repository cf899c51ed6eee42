import { useState } from 'react'
import type { QrLink } from '#contract/qr-links.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Card } from '../../ui/page.tsx'
import { Tag } from '../../ui/status-badge.tsx'
import { LinkBadge } from './link-badge.tsx'
import { statusOf } from './link-status.ts'
import styles from './qr-links.module.css'

export function LinkFacts({ link }: { link: QrLink }) {
  const t = useTranslate()
  const formats = useFormats()
  const [now] = useState(Date.now)
  const when = (iso: string | null, none: string): string => (iso === null ? none : formats.dateTime(iso))
  return (
    <Card title={t('links.facts')}>
      <dl className={styles.facts}>
        <dt>{t('links.column.status')}</dt>
        <dd>
          <LinkBadge status={statusOf(link, now)} />
        </dd>
        <dt>{t('links.field.destination')}</dt>
        <dd>
          <a href={link.destination_url} target="_blank" rel="noreferrer">
            {link.destination_url}
          </a>
        </dd>
        {link.campaign !== null && (
          <>
            <dt>{t('links.field.campaign')}</dt>
            <dd>{link.campaign}</dd>
          </>
        )}
        {link.tags.length > 0 && (
          <>
            <dt>{t('links.field.tags')}</dt>
            <dd className={styles.tags}>
              {link.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </dd>
          </>
        )}
        <dt>{t('links.runs')}</dt>
        <dd>
          {t('links.runs.value', {
            from: when(link.starts_at, t('links.runs.start')),
            to: when(link.expires_at, t('links.runs.end')),
          })}
        </dd>
        <dt>{t('links.column.created')}</dt>
        <dd>{formats.dateTime(link.created_at)}</dd>
        {link.notes !== null && (
          <>
            <dt>{t('links.field.notes')}</dt>
            <dd className={styles.notes}>{link.notes}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}
