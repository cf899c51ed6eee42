import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Station } from '#contract/stations.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { printersQuery, useDeleteStation, useSaveStation } from './queries.ts'

interface StationFormProps {
  station: Station | 'new' | null
  /** The first one takes what names no station. */
  isFirst: boolean
  onClose: () => void
}

export function StationForm({ station, isFirst, onClose }: StationFormProps) {
  const t = useTranslate()
  const title = station === 'new' || station === null ? t('station.add') : station.name
  return (
    <FormDialog title={title} isOpen={station !== null} onClose={onClose}>
      {station && (
        <Fields station={station === 'new' ? undefined : station} isFirst={isFirst} onClose={onClose} />
      )}
    </FormDialog>
  )
}

interface StationDraft {
  name: string
  prefix: string
  printer: string
  backup: string
  copies: string
  isDefault: boolean
  printsWholeOrder: boolean
  asks: boolean
  holdAfter: string
}

function draftOf(station: Station | undefined, isFirst: boolean): StationDraft {
  return {
    name: station?.name ?? '',
    prefix: station?.prefix ?? '',
    printer: station?.printer_ids[0] ?? '',
    backup: station?.printer_ids[1] ?? '',
    copies: String(station?.copies ?? 1),
    isDefault: station?.is_default ?? isFirst,
    printsWholeOrder: station?.prints_whole_order ?? false,
    asks: station?.after_doubt === 'ask',
    holdAfter: String(station?.hold_after_minutes ?? 30),
  }
}

interface FieldsProps {
  station: Station | undefined
  isFirst: boolean
  onClose: () => void
}

function Fields({ station, isFirst, onClose }: FieldsProps) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const save = useSaveStation(station, current.id)
  const [draft, setDraft] = useState(() => draftOf(station, isFirst))
  const change = (part: Partial<StationDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const onSave = (): void => {
    const { name, prefix, printer, backup, copies, holdAfter } = draft
    const others = station?.printer_ids.slice(2) ?? []
    const printer_ids = [...new Set([printer, backup, ...others])].filter((id) => id !== '')
    save.mutate(
      {
        name,
        ...(prefix.trim() !== '' && { prefix: prefix.trim().toUpperCase() }),
        printer_ids,
        copies: Number(copies),
        is_default: draft.isDefault,
        prints_whole_order: draft.printsWholeOrder,
        after_doubt: draft.asks ? 'ask' : 'reprint',
        hold_after_minutes: Number(holdAfter),
      },
      {
        onSuccess: () => {
          toast({ title: t('station.saved', { name }) })
          onClose()
        },
      },
    )
  }
  return (
    <SaveForm
      error={save.error}
      isPending={save.isPending}
      onSave={onSave}
      onClose={onClose}
      aside={station && <Remove station={station} onClose={onClose} />}
    >
      <Basics draft={draft} change={change} />
      <Rules draft={draft} change={change} />
    </SaveForm>
  )
}

interface PartProps {
  draft: StationDraft
  change: (part: Partial<StationDraft>) => void
}

function Basics({ draft, change }: PartProps) {
  const t = useTranslate()
  const api = useApi()
  const { data: printers = [] } = useQuery(printersQuery(api))
  const choices = [
    { id: '', name: t('station.printer.none') },
    ...printers.map(({ id, name }) => ({ id, name })),
  ]
  return (
    <>
      <TextField
        name="name"
        label={t('station.name')}
        placeholder={t('station.name.example')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        startsFocused
      />
      <div className={formStyles.pair}>
        <SelectField
          label={t('station.printer')}
          choices={choices}
          value={draft.printer}
          onChange={(printer) => change({ printer })}
        />
        <SelectField
          label={t('station.backup')}
          choices={choices.filter(({ id }) => id === '' || id !== draft.printer)}
          value={draft.backup}
          onChange={(backup) => change({ backup })}
        />
      </div>
      <div className={formStyles.pair}>
        <TextField
          name="prefix"
          label={t('station.prefix')}
          hint={t('station.prefix.hint', { prefix: draft.prefix.trim().toUpperCase() || 'K' })}
          maxLength={3}
          value={draft.prefix}
          onChange={(prefix) => change({ prefix })}
        />
        <TextField
          name="copies"
          label={t('station.copies')}
          inputMode="numeric"
          value={draft.copies}
          onChange={(copies) => change({ copies })}
        />
      </div>
    </>
  )
}

function Rules({ draft, change }: PartProps) {
  const t = useTranslate()
  return (
    <>
      <Switch
        isSelected={draft.isDefault}
        onChange={(isDefault) => change({ isDefault })}
        note={t('station.default.note')}
      >
        {t('station.default')}
      </Switch>
      <Switch
        isSelected={draft.printsWholeOrder}
        onChange={(printsWholeOrder) => change({ printsWholeOrder })}
        note={t('station.whole.note')}
      >
        {t('station.whole')}
      </Switch>
      <Switch isSelected={draft.asks} onChange={(asks) => change({ asks })} note={t('station.asks.note')}>
        {t('station.asks')}
      </Switch>
      <TextField
        name="hold_after_minutes"
        label={t('station.hold')}
        hint={t('station.hold.hint')}
        inputMode="numeric"
        value={draft.holdAfter}
        onChange={(holdAfter) => change({ holdAfter })}
      />
    </>
  )
}

function Remove({ station, onClose }: { station: Station; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const remove = useDeleteStation()
  const run = (): void =>
    remove.mutate(station.id, {
      onSuccess: () => {
        toast({ title: t('station.removed', { name: station.name }) })
        onClose()
      },
    })
  return (
    <Button tone="danger" icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('station.remove')}
    </Button>
  )
}
