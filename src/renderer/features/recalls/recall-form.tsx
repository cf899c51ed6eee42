import { useState } from 'react'
import type { Recall, RecallNotice } from '#contract/recalls.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { draftOfLine, emptyLine, lineOf, type LineDraft } from './line-draft.ts'
import { LineFields } from './line-fields.tsx'
import { useChangeRecall, useCreateRecall } from './queries.ts'

interface Draft {
  notice: RecallNotice
  quantity: string
  lines: LineDraft[]
}

export function NewRecall({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslate()
  return (
    <FormDialog title={t('recalls.add')} isOpen={isOpen} onClose={onClose} place="side" wide>
      <NewFields onClose={onClose} />
    </FormDialog>
  )
}

function NewFields({ onClose }: { onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const create = useCreateRecall()
  const [draft, setDraft] = useState<Draft>({ notice: { title: '' }, quantity: '', lines: [emptyLine] })
  const [isMock, setMock] = useState(false)
  const onSave = (): void =>
    create.mutate(
      { business_id: current.id, is_mock: isMock, notice: noticeOf(draft), lines: draft.lines.map(lineOf) },
      {
        onSuccess: ({ recall }) => {
          toast({
            title: t('recalls.saved', { title: recall.notice.title }),
            detail: t('recalls.drafts.text'),
          })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={create.error} isPending={create.isPending} onSave={onSave} onClose={onClose}>
      <Switch isSelected={isMock} onChange={setMock} note={t('recalls.isMock.note')}>
        {t('recalls.isMock')}
      </Switch>
      <DraftFields draft={draft} onChange={setDraft} error={create.error} />
    </SaveForm>
  )
}

interface EditProps {
  recall: Recall
  etag: string | null
  isOpen: boolean
  onClose: () => void
}

/** A draft is corrected freely; what is in force asks for the reason of its next revision. */
export function EditRecall({ recall, etag, isOpen, onClose }: EditProps) {
  const t = useTranslate()
  const title = t(recall.status === 'draft' ? 'recalls.edit' : 'recalls.revise')
  return (
    <FormDialog title={title} isOpen={isOpen} onClose={onClose} place="side" wide>
      <EditFields recall={recall} etag={etag} onClose={onClose} />
    </FormDialog>
  )
}

function EditFields({ recall, etag, onClose }: Omit<EditProps, 'isOpen'>) {
  const t = useTranslate()
  const toast = useToast()
  const change = useChangeRecall(recall.id, etag)
  const [reason, setReason] = useState('')
  const [draft, setDraft] = useState<Draft>(() => ({
    notice: recall.notice,
    quantity: String(recall.notice.affected_quantity ?? ''),
    lines: recall.lines.length === 0 ? [emptyLine] : recall.lines.map(draftOfLine),
  }))
  const isInForce = recall.status === 'active'
  const onSave = (): void =>
    change.mutate(
      { notice: noticeOf(draft), lines: draft.lines.map(lineOf), ...(isInForce && { reason }) },
      {
        onSuccess: () => {
          toast({ title: t('recalls.saved', { title: draft.notice.title }) })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      {isInForce && (
        <TextField
          name="reason"
          label={t('recalls.reason.revise')}
          value={reason}
          onChange={setReason}
          isRequired
          startsFocused
        />
      )}
      <DraftFields draft={draft} onChange={setDraft} error={change.error} />
    </SaveForm>
  )
}

interface DraftFieldsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  error: unknown
}

function DraftFields({ draft, onChange, error }: DraftFieldsProps) {
  const t = useTranslate()
  const { notice } = draft
  const field = (
    name: 'title' | 'number' | 'issuer' | 'classification' | 'reason' | 'hazard' | 'instructions' | 'contact',
  ) => ({
    value: notice[name] ?? '',
    onChange: (value: string) => onChange({ ...draft, notice: { ...notice, [name]: value } }),
  })
  return (
    <>
      <TextField label={t('recalls.field.title')} isRequired {...field('title')} />
      <div className={formStyles.pair}>
        <TextField label={t('recalls.field.number')} {...field('number')} />
        <TextField label={t('recalls.field.issuer')} {...field('issuer')} />
      </div>
      <div className={formStyles.pair}>
        <TextField label={t('recalls.field.classification')} {...field('classification')} />
        <TextField
          label={t('recalls.field.quantity')}
          inputMode="numeric"
          value={draft.quantity}
          onChange={(quantity) => onChange({ ...draft, quantity })}
        />
      </div>
      <TextField label={t('recalls.field.reason')} rows={2} {...field('reason')} />
      <TextField label={t('recalls.field.hazard')} rows={2} {...field('hazard')} />
      <TextField
        label={t('recalls.field.instructions')}
        hint={t('recalls.field.instructions.hint')}
        rows={2}
        {...field('instructions')}
      />
      <TextField label={t('recalls.field.contact')} {...field('contact')} />
      <LineFields lines={draft.lines} onChange={(lines) => onChange({ ...draft, lines })} error={error} />
    </>
  )
}

function noticeOf({ notice, quantity }: Draft): RecallNotice {
  const affected = quantity.trim() === '' ? null : Number(quantity)
  const texts = Object.fromEntries(
    Object.entries(notice).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  )
  return { ...texts, title: notice.title.trim(), affected_quantity: affected }
}
