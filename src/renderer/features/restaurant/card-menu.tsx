import { Ban, CircleSlash, Eye, Pencil, Printer } from 'lucide-react'
import { useMemo } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import type { OrderIntent } from '#contract/order-intents.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import overlay from '../../ui/overlay.module.css'

export interface OpenMenu {
  order: OrderIntent
  from: HTMLElement
}

export type CardChoice = 'open' | 'edit' | 'tickets' | 'rejected' | 'cancelled'

interface CardMenuProps {
  open: OpenMenu | undefined
  onClose: () => void
  choose: (choice: CardChoice, order: OrderIntent) => void
}

/** One menu for all cards, beside the one that asked for it. */
export function CardMenu({ open, onClose, choose }: CardMenuProps) {
  const t = useTranslate()
  const from = open?.from ?? null
  const trigger = useMemo(() => ({ current: from }), [from])
  if (!open) return null
  const entries = [
    { id: 'open', name: t('board.menu.open'), icon: Eye, isDanger: false },
    { id: 'edit', name: t('board.menu.edit'), icon: Pencil, isDanger: false },
    { id: 'tickets', name: t('board.menu.tickets'), icon: Printer, isDanger: false },
    { id: 'rejected', name: t('board.menu.reject'), icon: Ban, isDanger: true },
    { id: 'cancelled', name: t('board.menu.cancel'), icon: CircleSlash, isDanger: true },
  ] as const
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      placement="bottom end"
      className={cx(overlay.popover)}
    >
      <Menu
        aria-label={t('board.more', { number: open.order.number })}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened to choose from
        autoFocus="first"
        className={cx(overlay.list)}
        onAction={(id) => {
          onClose()
          choose(id as CardChoice, open.order)
        }}
      >
        {entries.map(({ id, name, icon: Icon, isDanger }) => (
          <MenuItem
            key={id}
            id={id}
            textValue={name}
            className={cx(overlay.item, isDanger && overlay.danger)}
          >
            <span className={overlay.check}>
              <Icon aria-hidden />
            </span>
            <span className={overlay.itemText}>{name}</span>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
