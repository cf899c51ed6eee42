import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Tooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import styles from './button.module.css'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  small?: boolean
  icon?: ReactNode
  /** On narrow screens only the icon is seen. */
  collapses?: boolean
  children?: ReactNode
  className?: string | undefined
}

export function Button({
  tone = 'plain',
  small = false,
  icon,
  collapses = false,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={cx(
        styles.button,
        styles[tone],
        small && styles.small,
        collapses && styles.collapses,
        className,
      )}
    >
      {icon}
      {children !== undefined && <span className={styles.label}>{children}</span>}
    </AriaButton>
  )
}

/** A button that is an icon alone; its label is read out and shown as a tooltip. */
export function IconButton({ label, ...rest }: Omit<ButtonProps, 'children'> & { label: string }) {
  return (
    <TooltipTrigger delay={500}>
      <Button tone="quiet" {...rest} aria-label={label} className={cx(styles.iconOnly, rest.className)} />
      <Tooltip className={cx(styles.tooltip)} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  )
}
