import { useState } from 'react'
import type { OrderIntent } from '#contract/order-intents.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ChoiceBar } from './choice-bar.tsx'

type LeaveTo = 'rejected' | 'cancelled'

export interface Leaving {
  order: OrderIntent
  to: LeaveTo
}

const reasons: Record<LeaveTo, readonly MessageId[]> = {
  rejected: ['leave.reason.soldOut', 'leave.reason.busy', 'leave.reason.closed'],
  cancelled: ['leave.reason.changedMind', 'leave.reason.mistake', 'leave.reason.left'],
}

interface LeaveDialogProps {
  leaving: Leaving | undefined
  onClose: () => void
  leave: (leaving: Leaving, note: string) => void
}

/** Rejecting or cancelling wants a reason: the guest may see it, and the history keeps it. */
export function LeaveDialog({ leaving, onClose, leave }: LeaveDialogProps) {
  const t = useTranslate()
  const number = leaving?.order.number ?? 0
  const title = leaving?.to === 'rejected' ? 'leave.reject.title' : 'leave.cancel.title'
  return (
    <Dialog title={t(title, { number })} isOpen={leaving !== undefined} onClose={onClose}>
      {leaving && <LeaveForm leaving={leaving} onClose={onClose} leave={leave} />}
    </Dialog>
  )
}

function LeaveForm({ leaving, onClose, leave }: LeaveDialogProps & { leaving: Leaving }) {
  const t = useTranslate()
  const [note, setNote] = useState('')
  const choices = reasons[leaving.to].map((id) => ({ id: t(id), name: t(id) }))
  const submit = (): void => {
    onClose()
    leave(leaving, note.trim())
  }
  return (
    <>
      <DialogBody>
        <p>{leaving.to === 'rejected' ? t('leave.reject.text') : t('leave.cancel.text')}</p>
        <ChoiceBar label={t('leave.reasons')} choices={choices} chosen={[note]} onPress={setNote} />
        <TextField label={t('leave.reason')} value={note} onChange={setNote} maxLength={500} rows={2} />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('leave.back')}</Button>
        <Button tone="danger" isDisabled={note.trim() === ''} onPress={submit}>
          {leaving.to === 'rejected' ? t('leave.reject') : t('leave.cancel')}
        </Button>
      </DialogFoot>
    </>
  )
}
