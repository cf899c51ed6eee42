import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import { changeBusiness, createBusiness, type Business } from '#contract/businesses.ts'
import { useApi } from '../../lib/api.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { systemZone } from '../../lib/local-time.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import formStyles from '../../ui/form.module.css'

interface BusinessFormProps {
  /** The one to edit, `new` for another one, null while closed. */
  business: Business | 'new' | null
  onClose: () => void
}

export function BusinessForm({ business, onClose }: BusinessFormProps) {
  const t = useTranslate()
  const title = business === 'new' ? t('businesses.add') : t('businesses.edit')
  return (
    <Dialog title={title} isOpen={business !== null} onClose={onClose}>
      {business !== null && <Fields business={business === 'new' ? undefined : business} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ business, onClose }: { business: Business | undefined; onClose: () => void }) {
  const t = useTranslate()
  const save = useSaveBusiness(business, onClose)
  const [name, setName] = useState(business?.name ?? '')
  const [domain, setDomain] = useState(business?.short_domain ?? '')
  const [zone, setZone] = useState(business?.timezone ?? systemZone())
  const [currency, setCurrency] = useState(business?.currency ?? 'EUR')
  const errors = fieldErrorsOf(save.error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const short_domain = domain.trim() === '' ? null : domain.trim()
    save.mutate({ name, short_domain, timezone: zone, currency: currency.trim().toUpperCase() })
  }
  return (
    <Form
      className={formStyles.form ?? ''}
      validationErrors={errors}
      validationBehavior="aria"
      onSubmit={submit}
    >
      <DialogBody>
        {save.error !== null && Object.keys(errors).length === 0 && <FailureNotice error={save.error} />}
        <TextField
          name="name"
          label={t('businesses.name')}
          value={name}
          onChange={setName}
          isRequired
          startsFocused
        />
        <TextField
          name="short_domain"
          label={t('businesses.domain')}
          hint={t('businesses.domain.hint')}
          placeholder="go.example.com"
          value={domain}
          onChange={setDomain}
          mono
        />
        <TextField name="timezone" label={t('businesses.zone')} value={zone} onChange={setZone} />
        <TextField
          name="currency"
          label={t('businesses.currency')}
          hint={t('businesses.currency.hint')}
          value={currency}
          onChange={setCurrency}
          maxLength={3}
        />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={save.isPending}>
          {t('ui.save')}
        </Button>
      </DialogFoot>
    </Form>
  )
}

interface BusinessInput {
  name: string
  short_domain: string | null
  timezone: string
  currency: string
}

function useSaveBusiness(business: Business | undefined, onClose: () => void) {
  const api = useApi()
  const t = useTranslate()
  const queries = useQueryClient()
  const toast = useToast()
  return useMutation({
    mutationFn: (body: BusinessInput) =>
      business
        ? api.call(changeBusiness, { params: { id: business.id }, body })
        : api.call(createBusiness, { body }),
    onSuccess: async ({ business: saved }) => {
      await queries.invalidateQueries({ queryKey: ['businesses'] })
      toast({ title: t('businesses.saved', { name: saved.name }) })
      onClose()
    },
  })
}
