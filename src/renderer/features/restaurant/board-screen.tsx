import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { OrderIntent } from '#contract/order-intents.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { BoardEmpty, NothingFound } from './board-empty.tsx'
import { BoardToolbar } from './board-toolbar.tsx'
import { columnsOf, isUnseen, type BoardFilter } from './board-columns.ts'
import { ColumnsView } from './board-columns-view.tsx'
import { CardMenu, type CardChoice, type OpenMenu } from './card-menu.tsx'
import { DoubleTouch } from './double-touch.ts'
import { LeaveDialog, type Leaving } from './leave-dialog.tsx'
import { NewOrdersBar, SilenceNote } from './new-orders-bar.tsx'
import type { CardActions } from './order-card.tsx'
import { OrderPanel } from './order-panel.tsx'
import { useRestaurant } from './restaurant-context.ts'
import { ServiceStrip } from './service-strip.tsx'
import { useBoardTickets } from './use-board-tickets.ts'
import { useCardFocus } from './use-card-focus.ts'
import styles from './board.module.css'

const route = getRouteApi('/restaurant/board')

/** Where counter and kitchen spend their shift. */
export function BoardScreen() {
  const [search, setSearch] = useState('')
  const { order } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (id: string | undefined): void =>
    void navigate({ search: id === undefined ? {} : { order: id }, replace: id === undefined })
  return (
    <div className={styles.board}>
      <BoardToolbar search={search} onSearch={setSearch} />
      <SilenceNote />
      <NewOrdersBar />
      <ServiceStrip />
      <Orders search={search} clearSearch={() => setSearch('')} show={show} />
      <OrderPanel id={order} onClose={() => show(undefined)} />
    </div>
  )
}

interface OrdersProps {
  search: string
  clearSearch: () => void
  show: (id: string) => void
}

function Orders({ search, clearSearch, show }: OrdersProps) {
  const t = useTranslate()
  const { orders, error, retry, changePreferences, preferences } = useRestaurant()
  if (orders === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={retry} />
    return <Skeleton label={t('ui.loading')} bars={6} />
  }
  const clear = (): void => {
    clearSearch()
    changePreferences({ stations: [] })
  }
  return (
    <>
      {error !== null && <FailureNotice error={error} retry={retry} />}
      {orders.length === 0 ? (
        <BoardEmpty isSilent={preferences.tune === 'off'} />
      ) : (
        <Columns orders={orders} search={search} clear={clear} show={show} />
      )}
    </>
  )
}

interface ColumnsProps {
  orders: readonly OrderIntent[]
  search: string
  clear: () => void
  show: (id: string) => void
}

function Columns({ orders, search, clear, show }: ColumnsProps) {
  const { preferences, stations, limits, steps } = useRestaurant()
  const { view, stations: chosen } = preferences
  const tickets = useBoardTickets()
  // Typing stays ahead of drawing hundreds of cards.
  const settled = useDeferredValue(search)
  const filter = useMemo<BoardFilter>(
    () => ({ view, stations: chosen, search: settled }),
    [view, chosen, settled],
  )
  const columns = useMemo(() => columnsOf(orders, filter, stations), [orders, filter, stations])
  const look = useMemo(
    () => ({ filter: { view, stations: chosen }, stations, limits }),
    [view, chosen, stations, limits],
  )
  const board = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<OpenMenu>()
  const [leaving, setLeaving] = useState<Leaving>()
  const actions = useCardActions({ show, setMenu, focusNext: useCardFocus(board) })
  const choose = useMenuChoice(show, setLeaving)
  const isEmpty = Object.values(columns).every((column) => column.length === 0)
  return (
    <div ref={board} className={styles.frame}>
      {isEmpty ? (
        <NothingFound clear={clear} />
      ) : (
        <ColumnsView columns={columns} tickets={tickets} look={look} actions={actions} />
      )}
      <CardMenu open={menu} onClose={() => setMenu(undefined)} choose={choose} />
      <LeaveDialog
        leaving={leaving}
        onClose={() => setLeaving(undefined)}
        leave={({ order, to }, note) => void steps.leave(order, to, note)}
      />
    </div>
  )
}

interface ActionParts {
  show: (id: string) => void
  setMenu: (menu: OpenMenu) => void
  focusNext: (orderId: string) => void
}

/** The same object for as long as the board is there, else every card would be drawn again at every change. */
function useCardActions({ show, setMenu, focusNext }: ActionParts): CardActions {
  const { steps } = useRestaurant()
  const [touches] = useState(() => new DoubleTouch())
  const parts = useRef({ show, focusNext })
  useLayoutEffect(() => {
    parts.current = { show, focusNext }
  })
  return useMemo(
    () => ({
      advance: (order, { detail, clientX, clientY, timeStamp }) => {
        // The keyboard's clicks have no count; after one the focus goes on to the next card.
        if (detail === 0) parts.current.focusNext(order.id)
        else if (touches.isSecond({ what: order.id, x: clientX, y: clientY, at: timeStamp })) return
        void steps.advance(order)
      },
      open: (order) => {
        parts.current.show(order.id)
        if (isUnseen(order)) void steps.acknowledge([order])
      },
      showMenu: (order, from) => setMenu({ order, from }),
    }),
    [steps, setMenu, touches],
  )
}

function useMenuChoice(show: (id: string) => void, setLeaving: (leaving: Leaving) => void) {
  const navigate = useNavigate()
  return (choice: CardChoice, order: OrderIntent): void => {
    if (choice === 'rejected' || choice === 'cancelled') setLeaving({ order, to: choice })
    else if (choice === 'edit') void navigate({ to: '/board/new', search: { order: order.id } })
    else show(order.id)
  }
}
