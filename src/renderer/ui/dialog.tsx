import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import { useTranslate } from '../lib/translate.ts'
import { Button, IconButton } from './button.tsx'
import overlay from './overlay.module.css'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** In the middle, or a panel at the side that leaves the list in sight. */
  place?: 'middle' | 'side'
  wide?: boolean
  alert?: boolean
}

/** A window over the page. It takes the focus, gives it back, and closes with Escape. */
export function Dialog({ title, isOpen, onClose, children, place = 'middle', wide, alert }: DialogProps) {
  const t = useTranslate()
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={alert !== true}
      className={cx(overlay.shade, place === 'side' ? overlay.sided : overlay.centred)}
    >
      <Modal className={cx(overlay.modal)}>
        <AriaDialog
          role={alert === true ? 'alertdialog' : 'dialog'}
          className={cx(overlay.dialog, place === 'side' && overlay.side, wide && overlay.wide)}
        >
          <header className={overlay.head}>
            <Heading slot="title" className={cx(overlay.title)}>
              {title}
            </Heading>
            <IconButton label={t('ui.close')} icon={<X aria-hidden />} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className={overlay.body}>{children}</div>
}

export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <footer className={overlay.foot} data-page-foot>
      {children}
    </footer>
  )
}

interface ConfirmProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  action: string
  onConfirm: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, isOpen, onClose, children, action, onConfirm }: ConfirmProps) {
  const t = useTranslate()
  const confirm = (): void => {
    onClose()
    onConfirm()
  }
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} alert>
      <DialogBody>{children}</DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button tone="danger" onPress={confirm}>
          {action}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
