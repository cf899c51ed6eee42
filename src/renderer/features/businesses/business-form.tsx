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

interface BusinessDraft {
  name: string
  domain: string
  zone: string
  currency: string
}

function draftOf(business: Business | undefined): BusinessDraft {
  return {
    name: business?.name ?? '',
    domain: business?.short_domain ?? '',
    zone: business?.timezone ?? systemZone(),
    currency: business?.currency ?? 'EUR',
  }
}

function Fields({ business, onClose }: { business: Business | undefined; onClose: () => void }) {
  const t = useTranslate()
  const save = useSaveBusiness(business, onClose)
  const [draft, setDraft] = useState(() => draftOf(business))
  const errors = fieldErrorsOf(save.error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { name, domain, zone, currency } = draft
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
        <Inputs draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
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

function Inputs({ draft, change }: { draft: BusinessDraft; change: (part: Partial<BusinessDraft>) => void }) {
  const t = useTranslate()
  return (
    <>
      <TextField
        name="name"
        label={t('businesses.name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        startsFocused
      />
      <TextField
        name="short_domain"
        label={t('businesses.domain')}
        hint={t('businesses.domain.hint')}
        placeholder="go.example.com"
        value={draft.domain}
        onChange={(domain) => change({ domain })}
        mono
      />
      <TextField
        name="timezone"
        label={t('businesses.zone')}
        value={draft.zone}
        onChange={(zone) => change({ zone })}
      />
      <TextField
        name="currency"
        label={t('businesses.currency')}
        hint={t('businesses.currency.hint')}
        value={draft.currency}
        onChange={(currency) => change({ currency })}
        maxLength={3}
      />
    </>
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
