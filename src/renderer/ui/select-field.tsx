import { ChevronDown } from 'lucide-react'
import {
  Button,
  FieldError,
  Label,
  ListBox,
  Popover,
  Select,
  SelectValue,
  type Key,
} from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import styles from './field.module.css'
import { Option } from './option.tsx'
import overlay from './overlay.module.css'

export interface Choice<K extends string> {
  id: K
  name: string
  note?: string
}

interface SelectFieldProps<K extends string> {
  label: string
  choices: readonly Choice<K>[]
  value: K | null
  onChange: (value: K) => void
  placeholder?: string
  /** Hides the label from view; it is still read out. */
  bare?: boolean
  compact?: boolean
  isDisabled?: boolean
  name?: string
}

/** One of a few. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, choices, value, onChange, placeholder, bare, compact, isDisabled = false, name } = props
  const change = (key: Key | null): void => {
    if (key !== null) onChange(String(key) as K)
  }
  return (
    <Select
      className={cx(styles.field, compact && styles.compact)}
      value={value}
      onChange={change}
      isDisabled={isDisabled}
      {...(name !== undefined && { name })}
      {...(placeholder !== undefined && { placeholder })}
      {...(bare === true && { 'aria-label': label })}
    >
      {bare !== true && <Label className={cx(styles.label)}>{label}</Label>}
      <Button className={cx(styles.select)}>
        <SelectValue className={cx(styles.value)}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden />
      </Button>
      <FieldError className={cx(styles.error)} />
      <Popover className={cx(overlay.popover)}>
        <ListBox className={cx(overlay.list)} items={choices}>
          {(choice) => <Option id={choice.id} name={choice.name} note={choice.note} />}
        </ListBox>
      </Popover>
    </Select>
  )
}
