import { createLink, type LinkComponent } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { forwardRef, type AnchorHTMLAttributes } from 'react'
import { cx } from '../lib/cx.ts'
import styles from './back-link.module.css'

const Anchor = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>(
  ({ children, ...rest }, ref) => (
    <a {...rest} ref={ref} className={cx(styles.back)}>
      <ArrowLeft aria-hidden />
      {children}
    </a>
  ),
)
Anchor.displayName = 'BackLinkAnchor'

const Linked = createLink(Anchor)

/** Above the title of one thing: the way to all of them. */
export const BackLink: LinkComponent<typeof Anchor> = (props) => <Linked {...props} />
