import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Archive, CircleCheck, PencilLine } from 'lucide-react'
import { useState } from 'react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button } from '../../ui/button.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useToast } from '../../ui/toast.tsx'
import { WaitingPage } from '../../ui/waiting-page.tsx'
import { AnalyticsCard } from './analytics-card.tsx'
import { ExportsCard } from './exports-card.tsx'
import { LabelCard } from './label-card.tsx'
import { OverrideCard } from './override-card.tsx'
import { PassportBadges } from './passport-badge.tsx'
import { FactsCard } from './passport-facts.tsx'
import { EditPassport } from './passport-form.tsx'
import {
  overrideQuery,
  passportQuery,
  pastPassportQuery,
  useArchivePassport,
  useChangePassport,
} from './queries.ts'
import { RevisionsCard } from './revisions-card.tsx'
import layout from '../../ui/layout.module.css'

const route = getRouteApi('/passports/$passportId')

export function PassportScreen() {
  const t = useTranslate()
  const { passportId } = route.useParams()
  const { data, error, refetch } = useQuery(passportQuery(useApi(), passportId))
  if (data) return <Detail key={passportId} passport={data.passport} etag={data.etag} />
  return <WaitingPage title={t('passports.one')} back={<Back />} error={error} retry={() => void refetch()} />
}

function Back() {
  const t = useTranslate()
  return <BackLink to="/passports">{t('passports.title')}</BackLink>
}

type Open = 'edit' | 'publish' | undefined

function Detail({ passport, etag }: { passport: ProductPassport; etag: string | null }) {
  const t = useTranslate()
  const [open, setOpen] = useState<Open>()
  const close = (): void => setOpen(undefined)
  const [revision, setRevision] = useState<number>()
  const { recall_id: recallId } = passport
  const { data: recall } = useQuery({
    ...overrideQuery(useApi(), recallId ?? ''),
    enabled: recallId !== null,
  })
  return (
    <Page
      title={<bdi>{passport.name}</bdi>}
      back={<Back />}
      lead={<PassportBadges passport={passport} isMock={recall?.is_mock === true} />}
      actions={<Steps passport={passport} open={setOpen} />}
    >
      {passport.status === 'draft' && (
        <Notice title={t('passports.draft.title')}>{t('passports.draft.text')}</Notice>
      )}
      {passport.status === 'archived' && (
        <Notice title={t('passports.archived.title')}>{t('passports.archived.text')}</Notice>
      )}
      <div className={layout.columns}>
        <div className={layout.column}>
          {revision === undefined ? (
            <FactsCard passport={passport} />
          ) : (
            <Past id={passport.id} revision={revision} leave={() => setRevision(undefined)} />
          )}
          <RevisionsCard passport={passport} shown={revision ?? passport.revision} show={setRevision} />
        </div>
        <div className={layout.column}>
          <LabelCard passport={passport} />
          <OverrideCard passport={passport} />
          <AnalyticsCard passport={passport} />
          <ExportsCard passport={passport} />
        </div>
      </div>
      <EditPassport passport={passport} etag={etag} isOpen={open === 'edit'} onClose={close} />
      <FormDialog title={t('passports.publish')} isOpen={open === 'publish'} onClose={close}>
        <PublishFields passport={passport} etag={etag} onClose={close} />
      </FormDialog>
    </Page>
  )
}

/** What it said before, with the way back to now. */
function Past({ id, revision, leave }: { id: string; revision: number; leave: () => void }) {
  const t = useTranslate()
  const { data, error, refetch } = useQuery(pastPassportQuery(useApi(), id, revision))
  return (
    <>
      <Notice
        tone="warn"
        title={t('passports.past', { revision })}
        actions={
          <Button small onPress={leave}>
            {t('passports.past.leave')}
          </Button>
        }
      />
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {data && <FactsCard passport={data} />}
    </>
  )
}

interface StepsProps {
  passport: ProductPassport
  open: (what: Open) => void
}

function Steps({ passport, open }: StepsProps) {
  const t = useTranslate()
  const toast = useToast()
  // Undo comes after the change that it takes back, whose version is another.
  const back = useChangePassport(passport.id, null)
  const archive = useArchivePassport(passport.id)
  const { status } = passport
  const onError = (error: unknown): void => {
    const { title, advice } = describeFailure(error, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
  const undo = { name: t('ui.undo'), run: () => back.mutate({ status: 'published' }, { onError }) }
  const putAway = (): void =>
    archive.mutate(undefined, {
      // A draft that was put away is no draft again: it can be published.
      onSuccess: () =>
        toast({ title: t('passports.archived.done'), ...(status === 'published' && { action: undo }) }),
      onError,
    })
  return (
    <>
      {status !== 'archived' && (
        <Button icon={<Archive aria-hidden />} onPress={putAway} isDisabled={archive.isPending}>
          {t('passports.archive')}
        </Button>
      )}
      <Button icon={<PencilLine aria-hidden />} onPress={() => open('edit')}>
        {t('passports.edit')}
      </Button>
      {status !== 'published' && (
        <Button tone="primary" icon={<CircleCheck aria-hidden />} onPress={() => open('publish')}>
          {t('passports.publish')}
        </Button>
      )}
    </>
  )
}

interface PublishProps {
  passport: ProductPassport
  etag: string | null
  onClose: () => void
}

/** A published passport is on goods: what cannot be taken back is said before. */
function PublishFields({ passport, etag, onClose }: PublishProps) {
  const t = useTranslate()
  const toast = useToast()
  const change = useChangePassport(passport.id, etag)
  const onSave = (): void =>
    change.mutate(
      { status: 'published' },
      {
        onSuccess: () => {
          toast({ title: t('passports.published.done') })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      <p>{t('passports.publish.text')}</p>
    </SaveForm>
  )
}
