import { AlarmClock, Clock, TriangleAlert, type LucideIcon } from 'lucide-react'
import { cx } from '../../lib/cx.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { toneOfAge, type AgeLimits, type AgeTone } from './order-age.ts'
import { useMinutesSince } from './ticker.ts'
import styles from './order-card.module.css'

const looks: Record<AgeTone, { icon: LucideIcon; text: MessageId }> = {
  calm: { icon: Clock, text: 'board.age' },
  warn: { icon: AlarmClock, text: 'board.age.warn' },
  bad: { icon: TriangleAlert, text: 'board.age.bad' },
}

/** How long somebody has been waiting: colour, icon and word say the same. */
export function AgeBadge({ since, limits }: { since: string; limits: AgeLimits }) {
  const t = useTranslate()
  const minutes = useMinutesSince(since)
  const tone = toneOfAge(minutes, limits)
  const { icon: Icon, text } = looks[tone]
  return (
    <span className={cx(styles.age, styles[tone])}>
      <Icon aria-hidden />
      {t(text, { minutes, hours: Math.floor(minutes / 60), rest: minutes % 60 })}
    </span>
  )
}
