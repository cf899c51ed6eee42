import { Archive, CircleCheck, FlaskConical, OctagonAlert, PencilLine } from 'lucide-react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useTranslate } from '../../lib/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { statusNames } from './passport-names.ts'

const looks = {
  draft: { icon: PencilLine, tone: 'warn' },
  published: { icon: CircleCheck, tone: 'good' },
  archived: { icon: Archive, tone: 'calm' },
} as const

interface BadgesProps {
  passport: ProductPassport
  /** The recall in front is an exercise. */
  isMock?: boolean
}

/** What a passport is: its state, and before all that a recall stands in front of it. */
export function PassportBadges({ passport, isMock = false }: BadgesProps) {
  const t = useTranslate()
  const { icon, tone } = looks[passport.status]
  return (
    <>
      {isMock && (
        <StatusBadge icon={FlaskConical} tone="accent">
          {t('recalls.mock')}
        </StatusBadge>
      )}
      {passport.recall_id !== null && (
        <StatusBadge icon={OctagonAlert} tone="bad">
          {t('passports.recalled')}
        </StatusBadge>
      )}
      <StatusBadge icon={icon} tone={tone}>
        {t(statusNames[passport.status])}
      </StatusBadge>
    </>
  )
}
