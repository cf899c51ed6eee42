import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import overlay from './overlay.module.css'

export interface MenuEntry {
  id: string
  name: string
  icon?: ReactNode
  danger?: boolean
  isDisabled?: boolean
  run: () => void
}

/** A button that opens a menu. `children` is the button. */
export function Menu({
  label,
  entries,
  children,
}: {
  label: string
  entries: MenuEntry[]
  children: ReactElement
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={cx(overlay.popover)}>
        <AriaMenu aria-label={label} className={cx(overlay.list)} items={entries}>
          {(entry) => (
            <AriaMenuItem
              id={entry.id}
              textValue={entry.name}
              isDisabled={entry.isDisabled ?? false}
              onAction={entry.run}
              className={cx(overlay.item, entry.danger && overlay.danger)}
            >
              <span className={overlay.check}>{entry.icon}</span>
              <span className={overlay.itemText}>{entry.name}</span>
            </AriaMenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
