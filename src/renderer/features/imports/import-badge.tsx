import {
  Ban,
  CircleAlert,
  CircleCheck,
  ClipboardCheck,
  LoaderCircle,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import type { ImportStatus } from '#contract/imports.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx'

const looks: Record<ImportStatus, { icon: LucideIcon; tone: Tone; name: MessageId }> = {
  scanning: { icon: LoaderCircle, tone: 'accent', name: 'imports.status.scanning' },
  ready: { icon: ClipboardCheck, tone: 'accent', name: 'imports.status.ready' },
  committing: { icon: LoaderCircle, tone: 'accent', name: 'imports.status.committing' },
  committed: { icon: CircleCheck, tone: 'good', name: 'imports.status.committed' },
  undoing: { icon: LoaderCircle, tone: 'accent', name: 'imports.status.undoing' },
  undone: { icon: Undo2, tone: 'calm', name: 'imports.status.undone' },
  cancelled: { icon: Ban, tone: 'calm', name: 'imports.status.cancelled' },
  failed: { icon: CircleAlert, tone: 'bad', name: 'imports.status.failed' },
}

export function ImportBadge({ status }: { status: ImportStatus }) {
  const t = useTranslate()
  const { icon, tone, name } = looks[status]
  return (
    <StatusBadge icon={icon} tone={tone}>
      {t(name)}
    </StatusBadge>
  )
}
