import type { ReactNode } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import styles from './field.module.css'

interface FieldProps {
  label: string
  /** How to fill it in, under the field. */
  hint?: ReactNode
  mono?: boolean
  /** Hides the label from view; it is still read out. */
  bareLabel?: boolean
}

interface TextFieldProps extends FieldProps, Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  rows?: number
  /** Takes the focus when it appears, as the first field of a dialog does. */
  startsFocused?: boolean
  placeholder?: string
  /** What stands before the text, such as the start of an address. */
  prefix?: string
}

/** A labelled line or, with `rows`, a box of text. Shows the errors that its form has for its name. */
export function TextField({
  startsFocused = false,
  label,
  bareLabel,
  hint,
  mono,
  rows,
  placeholder = '',
  prefix,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog has to put the focus somewhere
      autoFocus={startsFocused}
      className={cx(styles.field)}
      {...(bareLabel === true && { 'aria-label': label })}
    >
      {bareLabel !== true && <Label className={cx(styles.label)}>{label}</Label>}
      {rows === undefined ? (
        <div className={cx(styles.box, mono && styles.mono)}>
          {prefix !== undefined && <span className={styles.prefix}>{prefix}</span>}
          <Input className={cx(styles.input)} placeholder={placeholder} />
        </div>
      ) : (
        <TextArea className={cx(styles.area)} rows={rows} placeholder={placeholder} />
      )}
      <FieldError className={cx(styles.error)} />
      {hint !== undefined && (
        <Text slot="description" className={cx(styles.hint)}>
          {hint}
        </Text>
      )}
    </AriaTextField>
  )
}
