import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { Card } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { RecentScan, RecentScans } from './recent-scans.ts'
import { verdictLooks } from './verdict-looks.ts'
import styles from './field.module.css'

interface RecentListProps {
  recent: RecentScans
  again: (scan: RecentScan) => void
}

/** The last scans of this device. Their answers are as old as they are; checking again asks anew. */
export function RecentList({ recent, again }: RecentListProps) {
  const t = useTranslate()
  return (
    <Card
      title={t('field.recent')}
      actions={
        recent.all.length > 0 && (
          <Button small tone="quiet" onPress={recent.clear}>
            {t('field.recent.clear')}
          </Button>
        )
      }
    >
      {recent.all.length === 0 && <p className={styles.quiet}>{t('field.recent.none')}</p>}
      {recent.all.length > 0 && (
        <Lines label={t('field.recent')}>
          {recent.all.map((scan) => (
            <RecentLine key={scan.id} scan={scan} again={() => again(scan)} />
          ))}
        </Lines>
      )}
    </Card>
  )
}

function RecentLine({ scan, again }: { scan: RecentScan; again: () => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const { name: word, icon, tone } = verdictLooks[scan.verdict]
  const name = scan.name === '' ? t('field.recent.unknown') : scan.name
  return (
    <Line
      name={<span className={styles.code}>{name}</span>}
      marks={
        <StatusBadge icon={icon} tone={tone}>
          {t(word)}
        </StatusBadge>
      }
      facts={[formats.dateTime(scan.at), scan.recorded].filter(Boolean).join(' · ')}
      tools={
        <Button small onPress={again} aria-label={t('field.recent.againName', { name })}>
          {t('field.recent.again')}
        </Button>
      }
    />
  )
}
