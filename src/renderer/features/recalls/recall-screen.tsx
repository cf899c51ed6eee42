import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { FileCheck2, OctagonAlert, PencilLine, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Recall } from '#contract/recalls.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useToast } from '../../ui/toast.tsx'
import { WaitingPage } from '../../ui/waiting-page.tsx'
import { ActionsCard, RevisionsCard } from './recall-history.tsx'
import { NoticeCard, LinesCard } from './recall-facts.tsx'
import { recallQuery, useChangeRecall, useCreateRecall, useDeleteRecall } from './queries.ts'
import { RecallBadges } from './recall-badges.tsx'
import { EditRecall } from './recall-form.tsx'
import layout from '../../ui/layout.module.css'

const route = getRouteApi('/recalls/$recallId')

export function RecallScreen() {
  const t = useTranslate()
  const api = useApi()
  const { recallId } = route.useParams()
  const { data, error, refetch } = useQuery(recallQuery(api, recallId))
  if (data) return <Detail key={recallId} recall={data.recall} etag={data.etag} />
  return <WaitingPage title={t('recalls.one')} back={<Back />} error={error} retry={() => void refetch()} />
}

function Back() {
  const t = useTranslate()
  return <BackLink to="/recalls">{t('recalls.title')}</BackLink>
}

type Open = 'edit' | 'close' | 'activate' | undefined

function Detail({ recall, etag }: { recall: Recall; etag: string | null }) {
  const t = useTranslate()
  const [open, setOpen] = useState<Open>()
  const close = (): void => setOpen(undefined)
  return (
    <Page
      title={<bdi>{recall.notice.title}</bdi>}
      back={<Back />}
      lead={<RecallBadges recall={recall} />}
      actions={<Actions recall={recall} open={setOpen} />}
    >
      {recall.is_mock && <Notice tone="warn" title={t('recalls.mock.text')} />}
      {recall.status === 'draft' && <Notice title={t('recalls.confirm')}>{t('recalls.confirm.text')}</Notice>}
      {recall.status === 'closed' && (
        <Notice title={t('recalls.closed.text')}>{recall.closing_reason}</Notice>
      )}
      <div className={layout.columns}>
        <div className={layout.column}>
          <NoticeCard recall={recall} />
          <LinesCard recall={recall} />
        </div>
        {recall.status !== 'draft' && (
          <div className={layout.column}>
            <ActionsCard recall={recall} />
            <RevisionsCard recall={recall} />
          </div>
        )}
      </div>
      <EditRecall recall={recall} etag={etag} isOpen={open === 'edit'} onClose={close} />
      <FormDialog title={t('recalls.close')} isOpen={open === 'close'} onClose={close}>
        <CloseFields recall={recall} etag={etag} onClose={close} />
      </FormDialog>
      <FormDialog title={t('recalls.activate')} isOpen={open === 'activate'} onClose={close}>
        <ActivateFields recall={recall} etag={etag} onClose={close} />
      </FormDialog>
    </Page>
  )
}

function Actions({ recall, open }: { recall: Recall; open: (what: Open) => void }) {
  const t = useTranslate()
  if (recall.status === 'closed') return null
  const isDraft = recall.status === 'draft'
  return (
    <>
      {isDraft && <Delete recall={recall} />}
      <Button icon={<PencilLine aria-hidden />} onPress={() => open('edit')}>
        {t(isDraft ? 'recalls.edit' : 'recalls.revise')}
      </Button>
      {isDraft ? (
        <Button tone="primary" icon={<OctagonAlert aria-hidden />} onPress={() => open('activate')}>
          {t('recalls.activate')}
        </Button>
      ) : (
        <Button icon={<FileCheck2 aria-hidden />} onPress={() => open('close')}>
          {t('recalls.close')}
        </Button>
      )}
    </>
  )
}

/** A draft is gone at once, and made again by Undo. */
function Delete({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const toast = useToast()
  const navigate = useNavigate()
  const remove = useDeleteRecall()
  const again = useCreateRecall()
  const { business_id, is_mock, notice, lines } = recall
  const undo = (): void => again.mutate({ business_id, is_mock, notice, lines })
  const run = (): void =>
    remove.mutate(recall.id, {
      onSuccess: () => {
        const canUndo = lines.length > 0
        toast({
          title: t('recalls.deleted', { title: notice.title }),
          ...(canUndo && { action: { name: t('ui.undo'), run: undo } }),
        })
        void navigate({ to: '/recalls' })
      },
      onError: (error) => {
        const { title, advice } = describeFailure(error, t)
        toast({ title, detail: advice, tone: 'bad' })
      },
    })
  return (
    <Button icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('recalls.delete')}
    </Button>
  )
}

interface StepProps {
  recall: Recall
  etag: string | null
  onClose: () => void
}

function CloseFields({ recall, etag, onClose }: StepProps) {
  const t = useTranslate()
  const toast = useToast()
  const change = useChangeRecall(recall.id, etag)
  const [reason, setReason] = useState('')
  const onSave = (): void =>
    change.mutate(
      { status: 'closed', reason },
      {
        onSuccess: () => {
          toast({ title: t('recalls.closed.done') })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      <p>{t('recalls.close.text')}</p>
      <TextField
        name="reason"
        label={t('recalls.reason.close')}
        value={reason}
        onChange={setReason}
        rows={3}
        isRequired
        startsFocused
      />
    </SaveForm>
  )
}

/** The one step that changes what field teams are told: said in numbers before it is taken. */
function ActivateFields({ recall, etag, onClose }: StepProps) {
  const t = useTranslate()
  const toast = useToast()
  const change = useChangeRecall(recall.id, etag)
  const gtins = new Set(recall.lines.flatMap((line) => line.gtins)).size
  const everyUnit = recall.lines.filter((line) => isEveryUnit(line)).length
  const onSave = (): void =>
    change.mutate(
      { status: 'active' },
      {
        onSuccess: () => {
          toast({ title: t('recalls.activated') })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      <p>
        <ShieldCheck aria-hidden width="1em" /> {t('recalls.activate.text', { gtins })}
      </p>
      {everyUnit > 0 && <Notice tone="warn" title={t('recalls.everyUnit', { count: everyUnit })} />}
    </SaveForm>
  )
}

function isEveryUnit(line: Recall['lines'][number]): boolean {
  const { lots, lot_prefixes, lot_ranges, serials, serial_ranges, days } = line
  return [lots, lot_prefixes, lot_ranges, serials, serial_ranges, days].every(
    (list) => !list || list.length === 0,
  )
}
