import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { WaitingPage } from '../../ui/waiting-page.tsx'
import { useBulkAction } from './bulk-actions.ts'
import { CodeCard } from './code-card.tsx'
import { LinkFacts } from './link-facts.tsx'
import { LinkPanel } from './link-panel.tsx'
import { linkQuery } from './queries.ts'
import styles from './qr-links.module.css'
import { ScanAnalytics } from './scan-analytics.tsx'
import { ScanHistory } from './scan-history.tsx'

const route = getRouteApi('/qr-links/$linkId')

export function QrLinkScreen() {
  const t = useTranslate()
  const api = useApi()
  const { linkId } = route.useParams()
  const { data, error, refetch } = useQuery(linkQuery(api, linkId))
  if (data) return <Detail key={linkId} link={data.link} />
  return <WaitingPage title={t('links.one')} back={<Back />} error={error} retry={() => void refetch()} />
}

function Back() {
  const t = useTranslate()
  return <BackLink to="/qr-links">{t('links.title')}</BackLink>
}

function Detail({ link }: { link: QrLink }) {
  const [editing, setEditing] = useState(false)
  return (
    <Page
      title={link.title ?? link.slug}
      back={<Back />}
      actions={<Actions link={link} edit={() => setEditing(true)} />}
    >
      <div className={styles.detail}>
        <div className={styles.column}>
          <CodeCard link={link} />
        </div>
        <div className={styles.column}>
          <LinkFacts link={link} />
          <ScanAnalytics link={link} />
          <ScanHistory link={link} />
        </div>
      </div>
      <LinkPanel panel={editing ? link.id : undefined} onClose={() => setEditing(false)} />
    </Page>
  )
}

function Actions({ link, edit }: { link: QrLink; edit: () => void }) {
  const t = useTranslate()
  const navigate = useNavigate()
  const bulk = useBulkAction()
  const ids = [link.id]
  const remove = (): void => {
    void navigate({ to: '/qr-links' })
    bulk.mutate({ action: 'delete', ids })
  }
  return (
    <>
      <IconButton label={t('links.delete')} icon={<Trash2 aria-hidden />} onPress={remove} />
      <Button
        icon={link.is_active ? <Pause aria-hidden /> : <Play aria-hidden />}
        onPress={() => bulk.mutate({ action: link.is_active ? 'pause' : 'resume', ids })}
      >
        {link.is_active ? t('links.pause') : t('links.resume')}
      </Button>
      <Button tone="primary" icon={<Pencil aria-hidden />} onPress={edit}>
        {t('ui.edit')}
      </Button>
    </>
  )
}
