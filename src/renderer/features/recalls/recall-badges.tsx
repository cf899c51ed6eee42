import { Archive, FlaskConical, OctagonAlert, PencilLine } from 'lucide-react'
import type { Recall } from '#contract/recalls.ts'
import { useTranslate } from '../../lib/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

const states = {
  draft: { icon: PencilLine, tone: 'warn', name: 'recalls.draft' },
  active: { icon: OctagonAlert, tone: 'bad', name: 'recalls.active' },
  closed: { icon: Archive, tone: 'calm', name: 'recalls.closed' },
} as const

/** What a recall is: its state, and loudly whether it is an exercise. */
export function RecallBadges({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const { icon, tone, name } = states[recall.status]
  return (
    <>
      {recall.is_mock && (
        <StatusBadge icon={FlaskConical} tone="accent">
          {t('recalls.mock')}
        </StatusBadge>
      )}
      <StatusBadge icon={icon} tone={tone}>
        {t(name)}
      </StatusBadge>
    </>
  )
}
