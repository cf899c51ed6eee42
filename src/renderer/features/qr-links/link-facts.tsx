import { useState, type ReactNode } from 'react'
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
  return (
    <Card title={t('links.facts')}>
      <dl className={styles.facts}>
        <Fact name={t('links.column.status')}>
          <LinkBadge status={statusOf(link, now)} />
        </Fact>
        <Fact name={t('links.field.destination')}>
          <a href={link.destination_url} target="_blank" rel="noreferrer">
            {link.destination_url}
          </a>
        </Fact>
        {link.campaign !== null && <Fact name={t('links.field.campaign')}>{link.campaign}</Fact>}
        {link.tags.length > 0 && <Tags tags={link.tags} />}
        <Fact name={t('links.runs')}>
          <Runs link={link} />
        </Fact>
        <Fact name={t('links.column.created')}>{formats.dateTime(link.created_at)}</Fact>
        {link.notes !== null && (
          <Fact name={t('links.field.notes')}>
            <span className={styles.notes}>{link.notes}</span>
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  const t = useTranslate()
  return (
    <Fact name={t('links.field.tags')}>
      <span className={styles.tags}>
        {tags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </span>
    </Fact>
  )
}

function Runs({ link }: { link: QrLink }) {
  const t = useTranslate()
  const formats = useFormats()
  const when = (iso: string | null, none: string): string => (iso === null ? none : formats.dateTime(iso))
  return t('links.runs.value', {
    from: when(link.starts_at, t('links.runs.start')),
    to: when(link.expires_at, t('links.runs.end')),
  })
}
