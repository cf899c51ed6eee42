import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import type { Scope } from '#contract/endpoint.ts'
import { createToken, type NewToken } from '#contract/tokens.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { fromLocalInput } from '../../lib/local-time.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { ScopePicker } from './scope-picker.tsx'
import { SecretOnce } from './secret-once.tsx'

interface NewTokenDialogProps {
  isOpen: boolean
  onClose: () => void
}

export function NewTokenDialog({ isOpen, onClose }: NewTokenDialogProps) {
  const t = useTranslate()
  return (
    <Dialog title={t('tokens.create')} isOpen={isOpen} onClose={onClose} place="side">
      <NewTokenSteps onClose={onClose} />
    </Dialog>
  )
}

function NewTokenSteps({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const create = useMutation({
    mutationFn: (body: NewToken) => api.call(createToken, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
    // The secret must not outlive the dialog.
    gcTime: 0,
  })
  if (create.data) return <SecretOnce secret={create.data.plain_text_token} onClose={onClose} />
  return <Fields error={create.error} isPending={create.isPending} save={create.mutate} onClose={onClose} />
}

interface FieldsProps {
  error: unknown
  isPending: boolean
  save: (body: NewToken) => void
  onClose: () => void
}

const allBusinesses = 'all'

function Fields({ error, isPending, save, onClose }: FieldsProps) {
  const t = useTranslate()
  const { all } = useBusiness()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<NewToken['kind']>('api')
  const [scopes, setScopes] = useState<Scope[]>(['links:read'])
  const [business, setBusiness] = useState(allBusinesses)
  const [expires, setExpires] = useState('')
  const [rate, setRate] = useState('')
  const errors = fieldErrorsOf(error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save({
      name,
      kind,
      scopes,
      business_id: business === allBusinesses ? null : business,
      expires_at: fromLocalInput(expires),
      rate_per_minute: rate.trim() === '' ? null : Number(rate),
    })
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
        <TextField
          name="name"
          label={t('tokens.name')}
          hint={t('tokens.name.hint')}
          value={name}
          onChange={setName}
          isRequired
          startsFocused
        />
        <SelectField
          label={t('tokens.kind')}
          value={kind}
          onChange={setKind}
          choices={[
            { id: 'api', name: t('tokens.kind.api'), note: t('tokens.kind.api.note') },
            { id: 'mcp', name: t('tokens.kind.mcp'), note: t('tokens.kind.mcp.note') },
          ]}
        />
        <ScopePicker value={scopes} onChange={setScopes} errors={errors['scopes'] ?? []} />
        <SelectField
          label={t('tokens.business')}
          value={business}
          onChange={setBusiness}
          choices={[
            { id: allBusinesses, name: t('tokens.allBusinesses') },
            ...all.map(({ id, name }) => ({ id, name })),
          ]}
        />
        <div className={formStyles.pair}>
          <TextField
            name="expires_at"
            type="datetime-local"
            label={t('tokens.expiresAt')}
            hint={t('tokens.expiresAt.hint')}
            value={expires}
            onChange={setExpires}
          />
          <TextField
            name="rate_per_minute"
            label={t('tokens.ratePerMinute')}
            hint={t('tokens.ratePerMinute.hint')}
            inputMode="numeric"
            value={rate}
            onChange={setRate}
          />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={isPending || scopes.length === 0}>
          {t('tokens.create')}
        </Button>
      </DialogFoot>
    </Form>
  )
}
