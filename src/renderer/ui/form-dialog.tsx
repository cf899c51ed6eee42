import type { FormEvent, ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { fieldErrorsOf } from '../lib/failure.ts'
import { useTranslate } from '../lib/translate.ts'
import { Button } from './button.tsx'
import { Dialog, DialogBody, DialogFoot } from './dialog.tsx'
import formStyles from './form.module.css'
import { FailureNotice } from './notice.tsx'

interface FormDialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  place?: 'middle' | 'side'
  wide?: boolean
}

/** A window with a form in it; its content is made anew each time it opens. */
export function FormDialog({ title, isOpen, onClose, children, place = 'middle', wide }: FormDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} place={place} wide={wide === true}>
      {isOpen && children}
    </Dialog>
  )
}

interface SaveFormProps {
  error: unknown
  isPending: boolean
  onSave: () => void
  onClose: () => void
  children: ReactNode
  /** What else can be done, at the foot's other end. */
  aside?: ReactNode
}

/** The fields, what the server said about them, and Save and Cancel. */
export function SaveForm({ error, isPending, onSave, onClose, children, aside }: SaveFormProps) {
  const t = useTranslate()
  const errors = fieldErrorsOf(error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSave()
  }
  return (
    <Form
      className={formStyles.form ?? ''}
      validationErrors={errors}
      validationBehavior="aria"
      onSubmit={submit}
    >
      <DialogBody>
        {error !== null && <FailureNotice error={error} />}
        {children}
      </DialogBody>
      <DialogFoot>
        {aside}
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={isPending}>
          {t('ui.save')}
        </Button>
      </DialogFoot>
    </Form>
  )
}
