import { CheckboxGroup, Label } from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Checkbox } from '../../ui/toggle.tsx'
import { cardFormats, type BundleDraft } from './bundle-draft.ts'
import { VerifySwitch } from './code-fields.tsx'
import styles from './exports.module.css'
import type { ChangeDraft } from './exports-screen.tsx'

/** In which formats cards are packed. */
export function CardFields({ draft, change }: { draft: BundleDraft; change: ChangeDraft }) {
  const t = useTranslate()
  return (
    <>
      <CheckboxGroup
        className={cx(styles.formats)}
        value={[...draft.cardFormats]}
        onChange={(chosen) => change({ cardFormats: chosen })}
      >
        <Label className={cx(styles.legend)}>{t('exports.formats')}</Label>
        {cardFormats.map((format) => (
          <Checkbox key={format} value={format} note={t(`exports.card.${format}.note`)}>
            {t(`exports.card.${format}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <VerifySwitch draft={draft} change={change} />
    </>
  )
}
