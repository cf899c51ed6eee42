import { Archive, CircleCheck, OctagonAlert, PencilLine } from 'lucide-react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useTranslate } from '../../lib/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { statusNames } from './passport-names.ts'

const looks = {
  draft: { icon: PencilLine, tone: 'warn' },
  published: { icon: CircleCheck, tone: 'good' },
  archived: { icon: Archive, tone: 'calm' },
} as const

/** What a passport is: its state, and before all that a recall stands in front of it. */
export function PassportBadges({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const { icon, tone } = looks[passport.status]
  return (
    <>
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
