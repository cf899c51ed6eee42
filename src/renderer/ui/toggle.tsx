import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  Switch as AriaSwitch,
  type CheckboxProps,
  type SwitchProps,
} from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import styles from './field.module.css'

type Text = { children?: ReactNode; note?: ReactNode }

export function Checkbox({
  children,
  note,
  ...rest
}: Omit<CheckboxProps, 'className' | 'style' | 'children'> & Text) {
  return (
    <AriaCheckbox {...rest} className={cx(styles.toggle)}>
      {({ isIndeterminate }) => (
        <>
          <span className={styles.tick}>
            {isIndeterminate ? <Minus aria-hidden /> : <Check aria-hidden />}
          </span>
          <ToggleText note={note}>{children}</ToggleText>
        </>
      )}
    </AriaCheckbox>
  )
}

export function Switch({
  children,
  note,
  ...rest
}: Omit<SwitchProps, 'className' | 'style' | 'children'> & Text) {
  return (
    <AriaSwitch {...rest} className={cx(styles.toggle)}>
      <span className={styles.track} />
      <ToggleText note={note}>{children}</ToggleText>
    </AriaSwitch>
  )
}

function ToggleText({ children, note }: Text) {
  if (children === undefined) return null
  return (
    <span className={styles.toggleText}>
      <span>{children}</span>
      {note !== undefined && <span className={styles.hint}>{note}</span>}
    </span>
  )
}
