import { createLink, type LinkComponent } from '@tanstack/react-router'
import { forwardRef, type AnchorHTMLAttributes, type ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import styles from './button.module.css'

interface LookProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  tone?: 'primary' | 'plain' | 'quiet'
  icon?: ReactNode
}

const Anchor = forwardRef<HTMLAnchorElement, LookProps>(
  ({ tone = 'plain', icon, children, ...rest }, ref) => (
    <a {...rest} ref={ref} className={cx(styles.button, styles[tone], styles.link)}>
      {icon}
      <span className={styles.label}>{children}</span>
    </a>
  ),
)
Anchor.displayName = 'LinkButtonAnchor'

const Linked = createLink(Anchor)

/** A link to another page that looks like a button. */
export const LinkButton: LinkComponent<typeof Anchor> = (props) => <Linked {...props} />
