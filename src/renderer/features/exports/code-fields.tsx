import { useQuery } from '@tanstack/react-query'
import { CheckboxGroup, Label } from 'react-aria-components'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import { Checkbox, Switch } from '../../ui/toggle.tsx'
import { codeFormats, type BundleDraft } from './bundle-draft.ts'
import styles from './exports.module.css'
import type { ChangeDraft } from './exports-screen.tsx'
import { bundlesQuery } from './queries.ts'

/** How the files of codes are made. */
export function CodeFields({ draft, change }: { draft: BundleDraft; change: ChangeDraft }) {
  const t = useTranslate()
  const { current } = useBusiness()
  const { data } = useQuery(bundlesQuery(useApi(), current.id, 1))
  const offered = codeFormats.filter((format) => data?.caps['qr_codes']?.formats.includes(format))
  return (
    <>
      <CheckboxGroup
        className={cx(styles.formats)}
        value={[...draft.formats]}
        onChange={(formats) => change({ formats })}
      >
        <Label className={cx(styles.legend)}>{t('exports.formats')}</Label>
        {offered.map((format) => (
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
