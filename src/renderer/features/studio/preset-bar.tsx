import { useQuery } from '@tanstack/react-query'
import { Save, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BrandPreset } from '#contract/brand-presets.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { presetsQuery, useChangePreset, useCreatePreset, useDeletePreset } from './queries.ts'
import { readKept } from './read-picture.ts'
import type { StudioDraft } from './studio-draft.ts'
import layout from '../../ui/layout.module.css'

interface PresetProps {
  draft: StudioDraft
  onChange: (draft: StudioDraft) => void
}

/** Clients' looks: taken, kept, changed, removed. */
export function PresetBar({ draft, onChange }: PresetProps) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const { data: presets = [], error } = useQuery(presetsQuery(useApi(), current.id))
  const [isNaming, setNaming] = useState(false)
  const change = useChangePreset()
  const present = presets.find(({ id }) => id === draft.presetId)
  const fail = (cause: unknown): void => {
    const { title, advice } = describeFailure(cause, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
  const take = async (id: string): Promise<void> => {
    const preset = presets.find((one) => one.id === id)
    const logo = preset?.logo ? await readKept(preset.logo) : undefined
    onChange({ ...draft, presetId: preset?.id, style: preset?.style ?? {}, logo })
  }
  const update = (): void => {
    if (!present) return
    const { style, logo } = draft
    change.mutate(
      { id: present.id, style, logo: logo?.address ?? null },
      { onSuccess: () => toast({ title: t('studio.preset.saved', { name: present.name }) }), onError: fail },
    )
  }
  return (
    <>
      {error !== null && <FailureNotice error={error} />}
      <SelectField
        label={t('studio.preset')}
        value={present?.id ?? 'none'}
        onChange={(id) => void take(id)}
        choices={[
          { id: 'none', name: t('studio.preset.none') },
          ...presets.map(({ id, name }) => ({ id, name })),
        ]}
      />
      <div className={layout.row}>
        <Button small icon={<Save aria-hidden />} onPress={() => setNaming(true)}>
          {t('studio.preset.keep')}
        </Button>
        {present && (
          <>
            <Button small isDisabled={change.isPending} onPress={update}>
              {t('studio.preset.update', { name: present.name })}
            </Button>
            <Remove preset={present} gone={() => onChange({ ...draft, presetId: undefined })} />
          </>
        )}
      </div>
      <FormDialog title={t('studio.preset.keep')} isOpen={isNaming} onClose={() => setNaming(false)}>
        <NameFields
          draft={draft}
          onClose={() => setNaming(false)}
          onKept={(presetId) => onChange({ ...draft, presetId })}
        />
      </FormDialog>
    </>
  )
}

function Remove({ preset, gone }: { preset: BrandPreset; gone: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const remove = useDeletePreset()
  const again = useCreatePreset()
  const { id, name, business_id, campaigns, style, logo } = preset
  const undo = (): void => again.mutate({ name, business_id, campaigns, style, logo })
  const run = (): void =>
    remove.mutate(id, {
      onSuccess: () => {
        gone()
        toast({ title: t('studio.preset.removed', { name }), action: { name: t('ui.undo'), run: undo } })
      },
      onError: (error) => {
        const { title, advice } = describeFailure(error, t)
        toast({ title, detail: advice, tone: 'bad' })
      },
    })
  return (
    <Button small icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('studio.preset.remove')}
    </Button>
  )
}

interface NameProps {
  draft: StudioDraft
  onClose: () => void
  onKept: (id: string) => void
}

function NameFields({ draft, onClose, onKept }: NameProps) {
  const t = useTranslate()
  const { current } = useBusiness()
  const create = useCreatePreset()
  const [name, setName] = useState('')
  const [campaigns, setCampaigns] = useState('')
  const onSave = (): void => {
    const { style, logo } = draft
    const named = campaigns.split(/[,;\n]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
    const look = { style, logo: logo?.address ?? null, campaigns: named }
    create.mutate(
      { business_id: current.id, name: name.trim(), ...look },
      {
        onSuccess: ({ id }) => {
          onKept(id)
          onClose()
        },
      },
    )
  }
  return (
    <SaveForm error={create.error} isPending={create.isPending} onSave={onSave} onClose={onClose}>
      <TextField
        name="name"
        label={t('studio.preset.name')}
        maxLength={80}
        isRequired
        startsFocused
        value={name}
        onChange={setName}
      />
      <TextField
        name="campaigns"
        label={t('studio.preset.campaigns')}
        hint={t('studio.preset.campaigns.hint')}
        value={campaigns}
        onChange={setCampaigns}
      />
    </SaveForm>
  )
}
