import { useEffect, useRef, type ReactNode } from 'react'
import { useGuestText } from './guest-text.ts'
import styles from './sheet.module.css'

interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** Stays at the bottom, under the thumb. */
  foot?: ReactNode
}

/** A page over the page, from the bottom on a phone. The browser's own dialog keeps the focus and closes on Escape. */
export function Sheet({ title, onClose, children, foot }: SheetProps) {
  const { t } = useGuestText()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby="sheet-title"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles.head}>
        <h2 id="sheet-title" className={styles.title} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className={styles.close} onClick={onClose} aria-label={t('guest.close')}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </dialog>
  )
}
