import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { FoundPrinter, Printer, PrinterTransport } from '#contract/printers.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { transportNames } from './printer-states.ts'
import { profilesQuery, useDeletePrinter, useSavePrinter, type PrinterInput } from './queries.ts'

export type PrinterToEdit =
  | { kind: 'new' }
  | { kind: 'found'; found: FoundPrinter }
  | { kind: 'known'; printer: Printer }

/** What an address looks like, by the way it is reached. */
const addressHints: Record<PrinterTransport, { hint: MessageId; example: string }> = {
  tcp: { hint: 'printer.address.tcp', example: '192.168.1.50:9100' },
  usb: { hint: 'printer.address.usb', example: '04b8:0e15' },
  serial: { hint: 'printer.address.serial', example: '/dev/ttyUSB0?baud=19200' },
  ipp: { hint: 'printer.address.ipp', example: 'ipp://192.168.1.51/ipp/print' },
  spooler: { hint: 'printer.address.spooler', example: 'EPSON TM-T20III' },
  system: { hint: 'printer.address.system', example: '' },
}

interface PrinterFormProps {
  editing: PrinterToEdit | null
  onClose: () => void
}

export function PrinterForm({ editing, onClose }: PrinterFormProps) {
  const t = useTranslate()
  const title = editing?.kind === 'known' ? editing.printer.name : t('printer.add')
  return (
    <FormDialog title={title} isOpen={editing !== null} onClose={onClose}>
      {editing && <Fields editing={editing} onClose={onClose} />}
    </FormDialog>
  )
}

function draftOf(editing: PrinterToEdit): Required<Omit<PrinterInput, 'is_paused'>> {
  const blank = { name: '', transport: 'tcp', address: '', profile: 'generic-80', width: '80' } as const
  const rest = { is_exclusive: true, has_drawer: false }
  if (editing.kind === 'known') {
    const { name, transport, address, profile, width, is_exclusive, has_drawer } = editing.printer
    return { name, transport, address, profile, width, is_exclusive, has_drawer }
  }
  if (editing.kind === 'new') return { ...blank, ...rest }
  const { name, transport, address, profile } = editing.found
  return { ...blank, ...rest, name, transport, address, profile: profile ?? blank.profile }
}

function Fields({ editing, onClose }: { editing: PrinterToEdit; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const known = editing.kind === 'known' ? editing.printer : undefined
  const save = useSavePrinter(known)
  const [draft, setDraft] = useState(() => draftOf(editing))
  const change = (part: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...part }))
  const onSave = (): void =>
    save.mutate(draft, {
      onSuccess: () => {
        toast({ title: t('printer.saved', { name: draft.name }) })
        onClose()
      },
    })
  return (
    <SaveForm
      error={save.error}
      isPending={save.isPending}
      onSave={onSave}
      onClose={onClose}
      aside={known && <Remove printer={known} onClose={onClose} />}
    >
      <TextField
        name="name"
        label={t('printer.name')}
        hint={t('printer.name.hint')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        startsFocused
      />
      <Reach draft={draft} change={change} />
      <Model draft={draft} change={change} />
    </SaveForm>
  )
}

interface PartProps {
  draft: ReturnType<typeof draftOf>
  change: (part: Partial<ReturnType<typeof draftOf>>) => void
}

function Reach({ draft, change }: PartProps) {
  const t = useTranslate()
  const { hint, example } = addressHints[draft.transport]
  const ways = Object.keys(transportNames) as PrinterTransport[]
  return (
    <>
      <SelectField
        label={t('printer.transport')}
        choices={ways.map((id) => ({ id, name: t(transportNames[id]) }))}
        value={draft.transport}
        onChange={(transport) => change({ transport })}
      />
      {draft.transport !== 'system' && (
        <TextField
          name="address"
          label={t('printer.address')}
          hint={t(hint)}
          placeholder={example}
          value={draft.address}
          onChange={(address) => change({ address })}
          mono
          isRequired
        />
      )}
    </>
  )
}

function Model({ draft, change }: PartProps) {
  const t = useTranslate()
  const api = useApi()
  const { data: profiles = [] } = useQuery(profilesQuery(api))
  const choose = (profile: string): void => {
    const width = profiles.find(({ id }) => id === profile)?.width ?? draft.width
    change({ profile, width })
  }
  return (
    <>
      <div className={formStyles.pair}>
        <SelectField
          label={t('printer.profile')}
          choices={profiles.map(({ id, name }) => ({ id, name }))}
          value={draft.profile}
          onChange={choose}
        />
        <SelectField
          label={t('printer.width')}
          choices={[
            { id: '80', name: t('printer.paper', { width: '80' }) },
            { id: '58', name: t('printer.paper', { width: '58' }) },
          ]}
          value={draft.width}
          onChange={(width) => change({ width })}
        />
      </div>
      <Switch
        isSelected={draft.is_exclusive}
        onChange={(is_exclusive) => change({ is_exclusive })}
        note={t('printer.exclusive.note')}
      >
        {t('printer.exclusive')}
      </Switch>
      <Switch isSelected={draft.has_drawer} onChange={(has_drawer) => change({ has_drawer })}>
        {t('printer.hasDrawer')}
      </Switch>
    </>
  )
}

function Remove({ printer, onClose }: { printer: Printer; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const remove = useDeletePrinter()
  const run = (): void =>
    remove.mutate(printer.id, {
      onSuccess: () => {
        toast({ title: t('printer.removed', { name: printer.name }) })
        onClose()
      },
    })
  return (
    <Button tone="danger" icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('printer.remove')}
    </Button>
  )
}
