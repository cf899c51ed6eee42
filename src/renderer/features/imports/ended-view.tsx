import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Download, FileSpreadsheet, QrCode, Undo2, WalletCards } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Import } from '#contract/imports.ts'
import { downloadQrLinkImages } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { useFailureToast, useImportStep } from './import-actions.ts'
import { wordsOf } from './kind-words.ts'
import { ReadingControls } from './reading-controls.tsx'
import styles from './imports.module.css'

/** What came of an import, and what can be done next. */
export function EndedView({ job }: { job: Import }) {
  const t = useTranslate()
  if (job.status === 'committed') return <Committed job={job} />
  if (job.status === 'undone') return <Undone job={job} />
  const failed = job.status === 'failed'
  return (
    <>
      <Notice tone={failed ? 'bad' : 'info'} title={failed ? t('imports.failed') : t('imports.cancelled')}>
        {job.failure ?? t('imports.cancelled.text')}
      </Notice>
      {failed && <ReadingControls job={job} />}
      <div>
        <AnotherFile />
      </div>
    </>
  )
}

function AnotherFile() {
  const t = useTranslate()
  const navigate = useNavigate()
  return (
    <Button icon={<FileSpreadsheet aria-hidden />} onPress={() => void navigate({ to: '/imports' })}>
      {t('imports.another')}
    </Button>
  )
}

function Committed({ job }: { job: Import }) {
  const t = useTranslate()
  const formats = useFormats()
  const [asking, setAsking] = useState(false)
  const step = useImportStep(job.id)
  const words = wordsOf(job.kind)
  const { creates, updates } = job.counts
  return (
    <Card>
      <Outcome icon={<CircleCheck aria-hidden />} title={t(words.done)}>
        {t(words.doneText, {
          creates,
          created: formats.number(creates),
          updates,
          updated: formats.number(updates),
          left: formats.number(job.counts.rows - creates - updates),
          others: job.counts.rows - creates - updates,
        })}
      </Outcome>
      <div className={styles.outcomeActions}>
        {job.kind === 'qr_links' ? <LinksOf id={job.id} /> : <CardsOf id={job.id} />}
        <Button icon={<Undo2 aria-hidden />} isDisabled={step.isPending} onPress={() => setAsking(true)}>
          {t('imports.undo')}
        </Button>
        <AnotherFile />
      </div>
      <ConfirmDialog
        title={t('imports.undo.title')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        action={t('imports.undo')}
        onConfirm={() => step.mutate('undo')}
      >
        {t(words.undoText)}
      </ConfirmDialog>
    </Card>
  )
}

function LinksOf({ id }: { id: string }) {
  const t = useTranslate()
  return (
    <>
      <Link to="/qr-links" search={{ import_id: id }} className={cx(styles.showLinks)}>
        <QrCode aria-hidden />
        {t('imports.showLinks')}
      </Link>
      <DownloadCodes id={id} />
    </>
  )
}

function CardsOf({ id }: { id: string }) {
  const t = useTranslate()
  return (
    <Link to="/wallet" search={{ import_id: id }} className={cx(styles.showLinks)}>
      <WalletCards aria-hidden />
      {t('imports.cards.show')}
    </Link>
  )
}

function Undone({ job }: { job: Import }) {
  const t = useTranslate()
  const formats = useFormats()
  const undo = job.undo ?? { reversed: 0, kept: 0, errored: 0 }
  return (
    <Card>
      <Outcome icon={<Undo2 aria-hidden />} title={t('imports.undone')}>
        {t(wordsOf(job.kind).undoneText, { count: undo.reversed, reversed: formats.number(undo.reversed) })}
      </Outcome>
      <dl className={styles.undoFacts}>
        <dt>{t('imports.undone.kept')}</dt>
        <dd>{formats.number(undo.kept)}</dd>
        <dt>{t('imports.undone.errored')}</dt>
        <dd>{formats.number(undo.errored)}</dd>
      </dl>
      <div className={styles.outcomeActions}>
        <AnotherFile />
      </div>
    </Card>
  )
}

function Outcome({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <output className={styles.outcome}>
      {icon}
      <div>
        <h2 className={styles.outcomeTitle}>{title}</h2>
        <p>{children}</p>
      </div>
    </output>
  )
}

function DownloadCodes({ id }: { id: string }) {
  const t = useTranslate()
  const api = useApi()
  const codes = useMutation({
    mutationFn: async (format: 'svg' | 'png') =>
      (await api.request(downloadQrLinkImages, { query: { import_id: id, format } })).blob(),
    onSuccess: (blob) => saveFile(blob, 'qr-codes.zip'),
    onError: useFailureToast(),
  })
  return (
    <Menu
      label={t('codes.download')}
      entries={[
        { id: 'svg', name: t('codes.asSvg'), run: () => codes.mutate('svg') },
        { id: 'png', name: t('codes.asPng'), run: () => codes.mutate('png') },
      ]}
    >
      <Button icon={<Download aria-hidden />} isPending={codes.isPending}>
        {codes.isPending ? t('codes.packing') : t('codes.download')}
      </Button>
    </Menu>
  )
}
