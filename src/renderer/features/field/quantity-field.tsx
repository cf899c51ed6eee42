import { Minus, Plus } from 'lucide-react'
import { Button, Group, Input, Label, NumberField } from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import styles from './field.module.css'

const most = 1_000_000_000

export function QuantityField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const t = useTranslate()
  return (
    <NumberField
      className={cx(styles.quantity)}
      value={value}
      minValue={0}
      maxValue={most}
      step={1}
      onChange={(next) => onChange(Number.isNaN(next) ? 0 : next)}
    >
      <Label>{t('field.action.quantity')}</Label>
      <Group className={cx(styles.stepper)}>
        <Button slot="decrement" aria-label={t('field.action.less')}>
          <Minus aria-hidden />
        </Button>
        <Input />
        <Button slot="increment" aria-label={t('field.action.more')}>
          <Plus aria-hidden />
        </Button>
      </Group>
    </NumberField>
  )
}
