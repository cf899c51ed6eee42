import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FlaskConical, OctagonAlert, PencilLine, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import type { ProductPassport } from '#contract/product-passports.ts'
import type { Recall } from '#contract/recalls.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { isPlain, lineOf } from './override-lines.ts'
import { overrideQuery, useOverride } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './passports.module.css'

type Open = 'set' | 'lift' | undefined

/** The recall in front of a passport: put there, revised and lifted here. */
export function OverrideCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const [open, setOpen] = useState<Open>()
  const { recall_id: id } = passport
  const { data: recall } = useQuery({ ...overrideQuery(useApi(), id ?? ''), enabled: id !== null })
  const close = (): void => setOpen(undefined)
  return (
    <Card title={t('passports.override')}>
      {id === null ? (
        <>
          <p className={layout.soft}>
            {t(passport.status === 'draft' ? 'passports.override.draft' : 'passports.override.none')}
          </p>
          <div>
            <Button
              isDisabled={passport.status === 'draft'}
              icon={<OctagonAlert aria-hidden />}
              onPress={() => setOpen('set')}
            >
              {t('passports.override.set')}
            </Button>
          </div>
        </>
      ) : (
        recall && <InForce recall={recall} open={setOpen} />
      )}
      <FormDialog
        title={t(id === null ? 'passports.override.set' : 'passports.override.revise')}
        isOpen={open === 'set'}
        onClose={close}
        place="side"
      >
        <SetFields passport={passport} recall={id === null ? undefined : recall} onClose={close} />
      </FormDialog>
      <FormDialog title={t('passports.override.lift')} isOpen={open === 'lift'} onClose={close}>
        <LiftFields passport={passport} onClose={close} />
      </FormDialog>
    </Card>
  )
}

function InForce({ recall, open }: { recall: Recall; open: (what: Open) => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const { notice } = recall
  return (
    <>
      <div className={styles.heading}>
        {recall.is_mock && (
          <StatusBadge icon={FlaskConical} tone="accent">
            {t('recalls.mock')}
          </StatusBadge>
        )}
        <Link to="/recalls/$recallId" params={{ recallId: recall.id }} className={layout.title ?? ''}>
          <bdi>{notice.title}</bdi>
        </Link>
      </div>
      <Facts>
        <Fact name={t('passports.override.since')}>
          {recall.activated_at && formats.dateTime(recall.activated_at)}
        </Fact>
        <Fact name={t('recalls.field.instructions')}>{notice.instructions}</Fact>
        <Fact name={t('recalls.lots')}>{recall.lines.flatMap(({ lots }) => lots ?? []).join(', ')}</Fact>
      </Facts>
      <div className={styles.heading}>
        <Button icon={<PencilLine aria-hidden />} onPress={() => open('set')}>
          {t('passports.override.revise')}
        </Button>
        <Button icon={<ShieldOff aria-hidden />} onPress={() => open('lift')}>
          {t('passports.override.lift')}
        </Button>
      </div>
    </>
  )
}

interface SetProps {
  passport: ProductPassport
  /** What is in force already. */
  recall: Recall | undefined
  onClose: () => void
}

type Mode = 'redirect' | 'interstitial' | 'banner'

const modes = [
  { id: 'redirect', name: 'passports.mode.redirect', note: 'passports.mode.redirect.note' },
  { id: 'interstitial', name: 'passports.mode.interstitial', note: 'passports.mode.interstitial.note' },
  { id: 'banner', name: 'passports.mode.banner', note: 'passports.mode.banner.note' },
] as const

function SetFields({ passport, recall, onClose }: SetProps) {
  const t = useTranslate()
  const toast = useToast()
  const override = useOverride(passport.id)
  const [isMock, setMock] = useState(false)
  // A revision leaves it as it is until somebody chooses another.
  const [mode, setMode] = useState<Mode | 'same'>(recall === undefined ? 'interstitial' : 'same')
  const [reason, setReason] = useState('')
  const [draft, setDraft] = useState({
    title: recall?.notice.title ?? t('passports.override.titleOf', { name: passport.name }),
    hazard: recall?.notice.hazard ?? '',
    instructions: recall?.notice.instructions ?? '',
    contact: recall?.notice.contact ?? '',
    lots: (recall?.lines ?? []).flatMap(({ lots }) => lots ?? []).join('\n'),
    quantity: String(recall?.notice.affected_quantity ?? ''),
  })
  const field = (name: keyof typeof draft) => ({
    name,
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
  const hasLots =
    passport.granularity === 'model' && (recall === undefined || isPlain(recall.lines, passport.gtin))
  const onSave = (): void => {
    const { lots, quantity, ...words } = draft
    const affected_quantity = quantity.trim() === '' ? null : Number(quantity)
    const notice = { ...recall?.notice, ...words, affected_quantity }
    const body = {
      notice,
      ...(mode !== 'same' && { mode }),
      // Left out, the server keeps the lines that are there.
      ...(hasLots && { lines: [lineOf(passport.gtin, lots)] }),
      ...(recall === undefined ? { is_mock: isMock } : { reason }),
    }
    override.mutate(body, {
      onSuccess: () => {
        toast({ title: t('passports.override.done') })
        onClose()
      },
    })
  }
  return (
    <SaveForm error={override.error} isPending={override.isPending} onSave={onSave} onClose={onClose}>
      <p>{t('passports.override.text')}</p>
      {recall === undefined ? (
        <Switch isSelected={isMock} onChange={setMock} note={t('recalls.isMock.note')}>
          {t('recalls.isMock')}
        </Switch>
      ) : (
        <TextField
          name="reason"
          label={t('recalls.reason.revise')}
          value={reason}
          onChange={setReason}
          isRequired
          startsFocused
        />
      )}
      <TextField label={t('recalls.field.title')} isRequired {...field('title')} />
      <TextField label={t('recalls.field.hazard')} rows={2} {...field('hazard')} />
      <TextField
        label={t('recalls.field.instructions')}
        hint={t('recalls.field.instructions.hint')}
        rows={2}
        {...field('instructions')}
      />
      <TextField label={t('recalls.field.contact')} {...field('contact')} />
      <TextField label={t('recalls.field.quantity')} inputMode="numeric" {...field('quantity')} />
      {hasLots && (
        <TextField
          label={t('recalls.lots')}
          hint={t('passports.override.lots.hint')}
          rows={3}
          mono
          {...field('lots')}
        />
      )}
      <SelectField
        label={t('passports.mode')}
        value={mode}
        onChange={setMode}
        choices={[
          ...(recall === undefined ? [] : [{ id: 'same' as const, name: t('passports.mode.same') }]),
          ...modes.map(({ id, name, note }) => ({ id, name: t(name), note: t(note) })),
        ]}
      />
    </SaveForm>
  )
}

function LiftFields({ passport, onClose }: { passport: ProductPassport; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const override = useOverride(passport.id)
  const [reason, setReason] = useState('')
  const onSave = (): void =>
    override.mutate(
      { action: 'lift', reason },
      {
        onSuccess: () => {
          toast({ title: t('passports.override.lifted') })
          onClose()
        },
      },
    )
  return (
    <SaveForm error={override.error} isPending={override.isPending} onSave={onSave} onClose={onClose}>
      <p>{t('passports.override.lift.text')}</p>
      <TextField
        name="reason"
        label={t('recalls.reason.close')}
        value={reason}
        onChange={setReason}
        rows={3}
        isRequired
        startsFocused
      />
    </SaveForm>
  )
}
