import { useState, type FormEvent } from 'react'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Typed } from './item-carriers.ts'
import { missingIds, typedFacts } from './verdict-looks.ts'
import styles from './field.module.css'

/** Asks for what the codes so far did not say. */
export function MissingForm({ missing, tell }: { missing: readonly string[]; tell: (typed: Typed) => void }) {
  const t = useTranslate()
  const [typed, setTyped] = useState<Typed>({})
  const asked = typedFacts.filter(({ id }) => missing.includes(id))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const filled = Object.entries(typed).filter(([, value]) => value.trim() !== '')
    if (filled.length > 0) tell(Object.fromEntries(filled.map(([id, value]) => [id, value.trim()])))
  }
  return (
    <section className={styles.part}>
      <h3>{t('field.missing')}</h3>
      <ul className={styles.problems}>
        {missingIds(missing).map((id) => (
          <li key={id}>{t(id)}</li>
        ))}
      </ul>
      <p>{t('field.missing.second')}</p>
      {asked.length > 0 && (
        <form className={styles.missing} onSubmit={submit}>
          {asked.map(({ id, name, type }) => (
            <TextField
              key={id}
              label={t(name)}
              type={type}
              mono
              maxLength={40}
              autoComplete="off"
              value={typed[id] ?? ''}
              onChange={(value) => setTyped((before) => ({ ...before, [id]: value }))}
            />
          ))}
          <Button type="submit" tone="primary">
            {t('field.missing.check')}
          </Button>
        </form>
      )}
    </section>
  )
}
