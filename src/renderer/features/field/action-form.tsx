import type { FormEvent, RefObject } from 'react'
import { Form } from 'react-aria-components'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import type { ActionDraft } from './action-draft.ts'
import { PhotoField } from './photo-field.tsx'
import { QuantityField } from './quantity-field.tsx'
import { actionNames } from './verdict-looks.ts'
import styles from './field.module.css'

interface ActionFormProps {
  draft: ActionDraft
  change: (part: Partial<ActionDraft>) => void
  error: unknown
  isPending: boolean
  onRecord: () => void
  onCancel: () => void
  /** Of the camera, while it is on. */
  video: RefObject<HTMLVideoElement | null> | undefined
}

/** The second touch records; everything between the two may stay as it is. */
export function ActionForm({ draft, change, error, isPending, onRecord, onCancel, video }: ActionFormProps) {
  const t = useTranslate()
  const formats = useFormats()
  const words = { quantity: formats.number(draft.quantity), action: t(actionNames[draft.action]) }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onRecord()
  }
  return (
    <Form
      className={styles.actionForm ?? ''}
      validationErrors={fieldErrorsOf(error)}
      validationBehavior="aria"
      onSubmit={submit}
    >
      {draft.supersedes && (
        <Notice title={t('field.action.corrects', { sequence: draft.supersedes.sequence })}>
          {t('field.action.corrects.text')}
        </Notice>
      )}
      {error !== null && <FailureNotice error={error} />}
      <div ref={showRow} className={styles.recordRow}>
        <QuantityField value={draft.quantity} onChange={(quantity) => change({ quantity })} />
        <Button type="submit" tone="primary" className={styles.record} isDisabled={isPending}>
          {t(draft.supersedes ? 'field.action.correct' : 'field.action.record', words)}
        </Button>
      </div>
      <ActionDetails draft={draft} change={change} />
      <PhotoField photos={draft.photos} onChange={(photos) => change({ photos })} video={video} />
      <Button tone="quiet" onPress={onCancel}>
        {t('ui.cancel')}
      </Button>
    </Form>
  )
}

/** On a telephone it would open out of sight, under the buttons. */
function showRow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' })
}

function ActionDetails({ draft, change }: Pick<ActionFormProps, 'draft' | 'change'>) {
  const t = useTranslate()
  return (
    <>
      <div className={formStyles.pair}>
        <TextField
          name="place"
          label={t('field.action.place')}
          hint={t('field.action.kept')}
          maxLength={200}
          value={draft.place}
          onChange={(place) => change({ place })}
        />
        <TextField
          name="person"
          label={t('field.action.person')}
          hint={t('field.action.kept')}
          maxLength={120}
          value={draft.person}
          onChange={(person) => change({ person })}
        />
        {draft.action === 'destroyed' && (
          <TextField
            name="witness"
            label={t('field.action.witness')}
            maxLength={120}
            value={draft.witness}
            onChange={(witness) => change({ witness })}
          />
        )}
      </div>
      <TextField
        name="note"
        label={t('field.action.note')}
        rows={2}
        maxLength={5000}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </>
  )
}
