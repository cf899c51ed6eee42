import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { describeFailure } from '../lib/failure.ts'
import { useTranslate } from '../lib/translate.ts'
import { Button } from './button.tsx'
import styles from './notice.module.css'

const icons = { info: Info, warn: TriangleAlert, bad: CircleAlert }

interface NoticeProps {
  tone?: keyof typeof icons
  title: string
  children?: ReactNode
  actions?: ReactNode
}

/** Something the person should know, in the flow of the page. */
export function Notice({ tone = 'info', title, children, actions }: NoticeProps) {
  const Icon = icons[tone]
  return (
    <div className={cx(styles.notice, styles[tone])} role={tone === 'info' ? 'status' : 'alert'}>
      <Icon aria-hidden />
      <div className={styles.text}>
        <strong>{title}</strong>
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  )
}

/** What went wrong with a call and what helps. */
export function FailureNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTranslate()
  const { title, advice } = describeFailure(error, t)
  return (
    <Notice
      tone="bad"
      title={title}
      {...(retry && {
        actions: (
          <Button small onPress={retry}>
            {t('ui.retry')}
          </Button>
        ),
      })}
    >
      {advice}
    </Notice>
  )
}
