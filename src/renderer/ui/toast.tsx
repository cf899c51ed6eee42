import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, useContext, type ReactNode } from 'react'
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import { useTranslate } from '../lib/translate.ts'
import styles from './toast.module.css'

export interface ToastMessage {
  title: string
  detail?: string
  tone?: 'good' | 'bad'
  /** What can be done about it, most often "Undo". */
  action?: { name: string; run: () => void }
}

const ToastContext = createContext<ToastQueue<ToastMessage> | undefined>(undefined)

export type ShowToast = (message: ToastMessage) => void

/** Shows a message at the edge of the page. One that offers something or tells of a fault stays longer. */
export function useToast(): ShowToast {
  const queue = useContext(ToastContext)
  if (!queue) throw new Error('useToast outside of ToastProvider')
  return (message) => {
    queue.add(message, { timeout: message.action || message.tone === 'bad' ? 12_000 : 6_000 })
  }
}

export function createToasts(): ToastQueue<ToastMessage> {
  return new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 })
}

export function ToastProvider({ queue, children }: { queue: ToastQueue<ToastMessage>; children: ReactNode }) {
  const t = useTranslate()
  return (
    <ToastContext value={queue}>
      {children}
      <ToastRegion queue={queue} aria-label={t('ui.messages')} className={cx(styles.region)}>
        {({ toast }) => (
          <AriaToast toast={toast} className={cx(styles.toast, toast.content.tone === 'bad' && styles.bad)}>
            {toast.content.tone === 'bad' ? <CircleAlert aria-hidden /> : <CircleCheck aria-hidden />}
            <ToastContent className={cx(styles.text)}>
              <Text slot="title" className={cx(styles.title)}>
                {toast.content.title}
              </Text>
              {toast.content.detail !== undefined && <Text slot="description">{toast.content.detail}</Text>}
            </ToastContent>
            {toast.content.action && (
              <AriaButton
                className={cx(styles.action)}
                onPress={() => {
                  toast.content.action?.run()
                  queue.close(toast.key)
                }}
              >
                {toast.content.action.name}
              </AriaButton>
            )}
            <AriaButton slot="close" className={cx(styles.close)} aria-label={t('ui.close')}>
              <X aria-hidden />
            </AriaButton>
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  )
}
