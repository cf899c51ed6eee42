import { Minus, Plus } from 'lucide-react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import styles from './field.module.css'

const most = 1_000_000_000

/** A count with large buttons. React Aria's own number field tells steps through innerHTML, which our policy forbids. */
export function QuantityField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const t = useTranslate()
  const type = (text: string): void =>
    onChange(Math.min(Number(text.replaceAll(/\D/g, '').slice(0, 10)), most))
  return (
    <TextField className={cx(styles.quantity)} name="quantity" value={String(value)} onChange={type}>
      <Label>{t('field.action.quantity')}</Label>
      <div className={styles.stepper}>
        <Button
          aria-label={t('field.action.less')}
          isDisabled={value === 0}
          onPress={() => onChange(value - 1)}
        >
          <Minus aria-hidden />
        </Button>
        <Input inputMode="numeric" autoComplete="off" />
        <Button
          aria-label={t('field.action.more')}
          isDisabled={value === most}
          onPress={() => onChange(value + 1)}
        >
          <Plus aria-hidden />
        </Button>
      </div>
    </TextField>
  )
}
