import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  Download,
  Hourglass,
  LoaderCircle,
  Pause,
  Play,
  Trash2,
  X,
  type LucideIcon,
} from 'lucide-react'
import type { BundleStatus, ExportBundle } from '#contract/export-bundles.ts'
import { describeFailure } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Line } from '../../ui/lines.tsx'
import { Progress } from '../../ui/progress.tsx'
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import styles from './exports.module.css'
import { useFilterWords } from './selection.tsx'
import { useChangeBundle, useDeleteBundle, useSaveBundle } from './queries.ts'

const looks: Record<BundleStatus, { icon: LucideIcon; tone: Tone }> = {
  queued: { icon: Clock, tone: 'calm' },
  building: { icon: LoaderCircle, tone: 'accent' },
  paused: { icon: Pause, tone: 'warn' },
  ready: { icon: CircleCheck, tone: 'good' },
  cancelled: { icon: Ban, tone: 'calm' },
  failed: { icon: CircleX, tone: 'bad' },
  expired: { icon: Hourglass, tone: 'calm' },
}

/** One bundle: what it holds, how far it is, what can be done with it. */
export function BundleLine({ bundle }: { bundle: ExportBundle }) {
  const t = useTranslate()
  const { status, total, done, refused } = bundle
  const { icon, tone } = looks[status]
  const name = t(nameOf(bundle), { count: total })
  const isUnderWay = status === 'building' || status === 'paused' || status === 'queued'
  return (
    <Line
      name={name}
      marks={
        <StatusBadge icon={icon} tone={tone}>
          {t(`exports.status.${status}`)}
        </StatusBadge>
      }
      facts={
        <>
          <Facts bundle={bundle} />
          {isUnderWay && (
            <Progress label={t('exports.progress', { done, total })} done={done} total={total} />
          )}
          {bundle.reason !== null && <span className={styles.wrong}>{bundle.reason}</span>}
          {refused > 0 && <span className={styles.wrong}>{t('exports.refused', { count: refused })}</span>}
        </>
      }
      tools={<Tools bundle={bundle} name={name} />}
    />
  )
}

function nameOf({ kind, request }: ExportBundle): MessageId {
  if (kind === 'print_sheets' && request.of === 'cards') return 'exports.name.card_sheets'
  return `exports.name.${kind}`
}

function Facts({ bundle }: { bundle: ExportBundle }) {
  const { status, bytes, verified, created_at, expires_at, request } = bundle
  const t = useTranslate()
  const formats = useFormats()
  const facts = [...useFilterWords(request.filter ?? {}), formats.dateTime(created_at)]
  if (bytes !== null && status === 'ready') facts.push(formats.bytes(bytes))
  if (verified > 0) facts.push(t('exports.verified', { count: verified, shown: formats.number(verified) }))
  if (expires_at !== null && status === 'ready')
    facts.push(t('exports.until', { date: formats.date(expires_at) }))
  return <bdi>{facts.join(' · ')}</bdi>
}

function Tools({ bundle, name }: { bundle: ExportBundle; name: string }) {
  const t = useTranslate()
  const change = useChangeBundle()
  const remove = useDeleteBundle()
  const { id, status } = bundle
  const to = (next: 'cancelled' | 'paused' | 'queued') => () => change.mutate({ id, status: next })
  if (status === 'queued' || status === 'building') {
    return (
      <>
        <Button small icon={<Pause aria-hidden />} onPress={to('paused')}>
          {t('exports.pause')}
        </Button>
        <Button small icon={<X aria-hidden />} onPress={to('cancelled')}>
          {t('exports.cancel')}
        </Button>
      </>
    )
  }
  const canGoOn = status === 'paused' || status === 'failed' || status === 'cancelled'
  return (
    <>
      {status === 'ready' && <Saving bundle={bundle} />}
      {canGoOn && (
        <Button small icon={<Play aria-hidden />} onPress={to('queued')}>
          {t(status === 'paused' ? 'exports.goOn' : 'exports.again')}
        </Button>
      )}
      <IconButton
        small
        label={t('exports.delete', { name })}
        icon={<Trash2 aria-hidden />}
        isDisabled={remove.isPending}
        onPress={() => remove.mutate(id)}
      />
    </>
  )
}

function Saving({ bundle }: { bundle: ExportBundle }) {
  const t = useTranslate()
  const toast = useToast()
  const save = useSaveBundle()
  const onError = (error: Error): void => {
    const { title, advice } = describeFailure(error, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
  const button = (format: 'pdf' | 'zip', tone: 'primary' | 'plain') => (
    <Button
      small
      tone={tone}
      icon={<Download aria-hidden />}
      isPending={save.isPending}
      onPress={() => save.mutate({ bundle, format }, { onError })}
    >
      {t(`exports.save.${format}`)}
    </Button>
  )
  if (bundle.kind !== 'print_sheets') return button('zip', 'primary')
  return (
    <>
      {button('pdf', 'primary')}
      {button('zip', 'plain')}
    </>
  )
}
