import { Keyboard } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import type { Typed } from './item-carriers.ts'
import styles from './field.module.css'

const none = { code: '', lot: '', serial: '', expiry: '' }

/** For codes that nothing reads: what is printed under them. */
export function HandForm({ onCode }: { onCode: (code: string, typed: Typed) => void }) {
  const t = useTranslate()
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState(none)
  const change = (part: Partial<typeof none>): void => setDraft((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { code, ...rest } = draft
    if (code.trim() === '') return
    const filled = Object.entries(rest).filter(([, value]) => value.trim() !== '')
    onCode(code.trim(), Object.fromEntries(filled.map(([id, value]) => [id, value.trim()])))
    setDraft(none)
  }
  return (
    <>
      <Button icon={<Keyboard aria-hidden />} aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {t('field.hand')}
      </Button>
      {isOpen && (
        <form className={styles.hand} onSubmit={submit}>
          <TextField
            startsFocused
            label={t('field.hand.code')}
            hint={t('field.hand.code.hint')}
            mono
            maxLength={8000}
            autoComplete="off"
            value={draft.code}
            onChange={(code) => change({ code })}
          />
          <div className={formStyles.pair}>
            <TextField
              label={t('field.lot')}
              mono
              maxLength={40}
              autoComplete="off"
              value={draft.lot}
              onChange={(lot) => change({ lot })}
            />
            <TextField
              label={t('field.serial')}
              mono
              maxLength={40}
              autoComplete="off"
              value={draft.serial}
              onChange={(serial) => change({ serial })}
            />
            <TextField
              label={t('field.expiry')}
              type="date"
              value={draft.expiry}
              onChange={(expiry) => change({ expiry })}
            />
          </div>
          <Button type="submit" tone="primary" isDisabled={draft.code.trim() === ''}>
            {t('field.check')}
          </Button>
        </form>
      )}
    </>
  )
}
