import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { DiningTable } from '#contract/tables.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { LinkChoice } from './link-choice.tsx'
import { useChangeTable, useCreateTables, useDeleteTable } from './queries.ts'
import { namesFrom } from './table-names.ts'

export function NewTables({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslate()
  return (
    <FormDialog title={t('tables.add')} isOpen={isOpen} onClose={onClose}>
      <NewFields onClose={onClose} />
    </FormDialog>
  )
}

/** One name, or a run of them: `1-20` makes twenty tables. */
function NewFields({ onClose }: { onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const create = useCreateTables(current.id)
  const [names, setNames] = useState('')
  const [area, setArea] = useState('')
  const made = namesFrom(names)
  const onSave = (): void =>
    create.mutate(
      made.map((name, sort) => ({ name, sort, area: area.trim() === '' ? null : area.trim() })),
      {
        onSuccess: () => {
          toast({ title: t('tables.made', { count: made.length }) })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={create.error} isPending={create.isPending} onSave={onSave} onClose={onClose}>
      <TextField
        name="name"
        label={t('tables.names')}
        hint={t('tables.names.hint', { count: made.length })}
        placeholder="1-12"
        value={names}
        onChange={setNames}
        isRequired
        startsFocused
      />
      <TextField
        name="area"
        label={t('tables.area')}
        hint={t('tables.area.hint')}
        value={area}
        onChange={setArea}
      />
    </SaveForm>
  )
}

export function TableForm({ table, onClose }: { table: DiningTable | null; onClose: () => void }) {
  return (
    <FormDialog title={table?.name ?? ''} isOpen={table !== null} onClose={onClose}>
      {table && <Fields table={table} onClose={onClose} />}
    </FormDialog>
  )
}

function Fields({ table, onClose }: { table: DiningTable; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const change = useChangeTable()
  const [name, setName] = useState(table.name)
  const [area, setArea] = useState(table.area ?? '')
  const [seats, setSeats] = useState(table.seats === null ? '' : String(table.seats))
  const [isActive, setActive] = useState(table.is_active)
  const [linkId, setLinkId] = useState(table.qr_link_id)
  const [isNewCode, setNewCode] = useState(false)
  const onSave = (): void =>
    change.mutate(
      {
        id: table.id,
        name,
        area: area.trim() === '' ? null : area.trim(),
        seats: seats.trim() === '' ? null : Number(seats),
        qr_link_id: linkId,
        is_active: isActive,
        new_code: isNewCode,
      },
      {
        onSuccess: () => {
          toast({ title: t('tables.saved', { name }) })
          onClose()
        },
      },
    )
  return (
    <SaveForm
      error={change.error}
      isPending={change.isPending}
      onSave={onSave}
      onClose={onClose}
      aside={<Remove table={table} onClose={onClose} />}
    >
      <TextField
        name="name"
        label={t('tables.name')}
        value={name}
        onChange={setName}
        isRequired
        startsFocused
      />
      <div className={formStyles.pair}>
        <TextField name="area" label={t('tables.area')} value={area} onChange={setArea} />
        <TextField
          name="seats"
          label={t('tables.seats')}
          inputMode="numeric"
          value={seats}
          onChange={setSeats}
        />
      </div>
      <LinkChoice business_id={table.business_id} value={linkId} onChange={setLinkId} />
      <Switch isSelected={isActive} onChange={setActive} note={t('tables.active.note')}>
        {t('tables.active')}
      </Switch>
      <Switch isSelected={isNewCode} onChange={setNewCode} note={t('tables.newCode.note')}>
        {t('tables.newCode')}
      </Switch>
    </SaveForm>
  )
}

function Remove({ table, onClose }: { table: DiningTable; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const remove = useDeleteTable()
  const run = (): void =>
    remove.mutate(table.id, {
      onSuccess: () => {
        toast({ title: t('tables.removed', { name: table.name }) })
        onClose()
      },
    })
  return (
    <Button tone="danger" icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('tables.remove')}
    </Button>
  )
}
