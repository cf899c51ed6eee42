import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { useDeviceNames } from './device-names.ts'
import { scansQuery } from './queries.ts'
import styles from './qr-links.module.css'

export function ScanHistory({ link }: { link: QrLink }) {
  const t = useTranslate()
  return (
    <Card title={t('scans.title')}>
      <Scans id={link.id} />
    </Card>
  )
}

function Scans({ id }: { id: string }) {
  const t = useTranslate()
  const api = useApi()
  const formats = useFormats()
  const deviceName = useDeviceNames()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery({
    ...scansQuery(api, id, page),
    placeholderData: keepPreviousData,
  })
  if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton label={t('ui.loading')} bars={3} />
  if (data.total === 0) return <p className={styles.quiet}>{t('scans.none')}</p>
  return (
    <>
      <table className={styles.scans}>
        <thead>
          <tr>
            <th scope="col">{t('scans.when')}</th>
            <th scope="col">{t('scans.device')}</th>
            <th scope="col">{t('scans.language')}</th>
            <th scope="col">{t('scans.from')}</th>
          </tr>
        </thead>
        <tbody>
          {data.data.map((scan, index) => (
            <tr key={`${scan.scanned_at}-${index}`}>
              <td>{formats.dateTime(scan.scanned_at)}</td>
              <td>{deviceName(scan.device)}</td>
              <td>{scan.language ?? '–'}</td>
              <td>{scan.referrer_host ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />
    </>
  )
}
