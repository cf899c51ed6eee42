import { CheckboxGroup, Label } from 'react-aria-components'
import { useTranslate } from '../../lib/translate.ts'
import { cx } from '../../lib/cx.ts'
import { TextField } from '../../ui/field.tsx'
import { Checkbox, Switch } from '../../ui/toggle.tsx'
import { codeFormats, type BundleDraft } from './bundle-draft.ts'
import styles from './exports.module.css'
import type { ChangeDraft } from './exports-screen.tsx'

/** How the files of codes are made. */
export function CodeFields({ draft, change }: { draft: BundleDraft; change: ChangeDraft }) {
  const t = useTranslate()
  return (
    <>
      <CheckboxGroup
        className={cx(styles.formats)}
        value={[...draft.formats]}
        onChange={(formats) => change({ formats })}
      >
        <Label>{t('exports.formats')}</Label>
        {codeFormats.map((format) => (
          <Checkbox key={format} value={format} note={t(`exports.format.${format}`)}>
            {format.toUpperCase()}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {draft.formats.includes('png') && (
        <TextField
          label={t('exports.size')}
          hint={t('exports.size.hint')}
          inputMode="numeric"
          value={draft.size}
          onChange={(size) => change({ size })}
        />
      )}
      <VerifySwitch draft={draft} change={change} />
    </>
  )
}

export function VerifySwitch({ draft, change }: { draft: BundleDraft; change: ChangeDraft }) {
  const t = useTranslate()
  return (
    <Switch
      isSelected={draft.verify}
      onChange={(verify) => change({ verify })}
      note={t('exports.verify.note')}
    >
      {t('exports.verify')}
    </Switch>
  )
}
