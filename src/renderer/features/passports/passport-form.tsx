import { useState } from 'react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { draftOf, fieldsOf, newDraft, withoutBlankRows } from './passport-draft.ts'
import { useChangePassport, useCreatePassport } from './queries.ts'
import { PassportFields } from './passport-fields.tsx'

interface NewProps {
  isOpen: boolean
  onClose: () => void
  onMade: (id: string) => void
}

export function NewPassport({ isOpen, onClose, onMade }: NewProps) {
  const t = useTranslate()
  return (
    <FormDialog title={t('passports.add')} isOpen={isOpen} onClose={onClose} place="side" wide>
      <NewFields onClose={onClose} onMade={onMade} />
    </FormDialog>
  )
}

function NewFields({ onClose, onMade }: Omit<NewProps, 'isOpen'>) {
  const { current } = useBusiness()
  const create = useCreatePassport()
  const [draft, setDraft] = useState(newDraft)
  const onSave = (): void => {
    const tidy = withoutBlankRows(draft)
    setDraft(tidy)
    create.mutate(
      { business_id: current.id, ...fieldsOf(tidy) },
      {
        onSuccess: ({ id }) => {
          onClose()
          onMade(id)
        },
      },
    )
  }
  return (
    <SaveForm error={create.error} isPending={create.isPending} onSave={onSave} onClose={onClose}>
      <PassportFields draft={draft} onChange={setDraft} />
    </SaveForm>
  )
}

interface EditProps {
  passport: ProductPassport
  etag: string | null
  isOpen: boolean
  onClose: () => void
}

export function EditPassport({ passport, etag, isOpen, onClose }: EditProps) {
  const t = useTranslate()
  return (
    <FormDialog title={t('passports.edit')} isOpen={isOpen} onClose={onClose} place="side" wide>
      <EditFields passport={passport} etag={etag} onClose={onClose} />
    </FormDialog>
  )
}

function EditFields({ passport, etag, onClose }: Omit<EditProps, 'isOpen'>) {
  const t = useTranslate()
  const toast = useToast()
  // What it was opened with: a change by somebody else meanwhile is told, not written over.
  const [version] = useState(etag)
  const change = useChangePassport(passport.id, version)
  const [draft, setDraft] = useState(() => draftOf(passport))
  const onSave = (): void => {
    const tidy = withoutBlankRows(draft)
    setDraft(tidy)
    change.mutate(fieldsOf(tidy), {
      onSuccess: () => {
        toast({ title: t('passports.saved', { name: draft.name }) })
        onClose()
      },
    })
  }
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      <PassportFields draft={draft} onChange={setDraft} />
    </SaveForm>
  )
}
