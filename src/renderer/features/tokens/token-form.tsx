import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import type { NewToken } from '#contract/tokens.ts'
import { useBusiness } from '../../lib/business.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ScopePicker } from './scope-picker.tsx'
import { allBusinesses, emptyToken, newTokenOf, type TokenDraft } from './token-draft.ts'

interface TokenFormProps {
  error: unknown
  isPending: boolean
  save: (body: NewToken) => void
  onClose: () => void
}

export function TokenForm({ error, isPending, save, onClose }: TokenFormProps) {
  const t = useTranslate()
  const [draft, setDraft] = useState(emptyToken)
  const errors = fieldErrorsOf(error)
  const change = (part: Partial<TokenDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save(newTokenOf(draft))
  }
  return (
    <Form
      className={formStyles.form ?? ''}
      validationErrors={errors}
      validationBehavior="aria"
      onSubmit={submit}
    >
      <DialogBody>
        {error !== null && Object.keys(errors).length === 0 && <FailureNotice error={error} />}
        <Purpose draft={draft} change={change} />
        <ScopePicker
          value={draft.scopes}
          onChange={(scopes) => change({ scopes })}
          errors={errors['scopes'] ?? []}
        />
        <Limits draft={draft} change={change} />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={isPending || draft.scopes.length === 0}>
          {t('tokens.create')}
        </Button>
      </DialogFoot>
    </Form>
  )
}

interface PartProps {
  draft: TokenDraft
  change: (part: Partial<TokenDraft>) => void
}

function Purpose({ draft, change }: PartProps) {
  const t = useTranslate()
  return (
    <>
      <TextField
        name="name"
        label={t('tokens.name')}
        hint={t('tokens.name.hint')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        startsFocused
      />
      <SelectField
        label={t('tokens.kind')}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        choices={[
          { id: 'api', name: t('tokens.kind.api'), note: t('tokens.kind.api.note') },
          { id: 'mcp', name: t('tokens.kind.mcp'), note: t('tokens.kind.mcp.note') },
        ]}
      />
    </>
  )
}

function Limits({ draft, change }: PartProps) {
  const t = useTranslate()
  const { all } = useBusiness()
  const businesses = all.map(({ id, name }) => ({ id, name }))
  return (
    <>
      <SelectField
        label={t('tokens.business')}
        value={draft.business}
        onChange={(business) => change({ business })}
        choices={[{ id: allBusinesses, name: t('tokens.allBusinesses') }, ...businesses]}
      />
      <div className={formStyles.pair}>
        <TextField
          name="expires_at"
          type="datetime-local"
          label={t('tokens.expiresAt')}
          hint={t('tokens.expiresAt.hint')}
          value={draft.expires}
          onChange={(expires) => change({ expires })}
        />
        <TextField
          name="rate_per_minute"
          label={t('tokens.ratePerMinute')}
          hint={t('tokens.ratePerMinute.hint')}
          inputMode="numeric"
          value={draft.rate}
          onChange={(rate) => change({ rate })}
        />
      </div>
    </>
  )
}
