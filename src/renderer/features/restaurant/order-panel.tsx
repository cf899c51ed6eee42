import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Ban, CircleSlash, Pencil } from 'lucide-react'
import { useState } from 'react'
import type { OrderIntent } from '#contract/order-intents.ts'
import { isOpen } from '#contract/order-states.ts'
import { useApi } from '../../lib/api.tsx'
import { useMoney } from '../../lib/money.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { OpenStatus } from './board-columns.ts'
import { LeaveDialog, type Leaving } from './leave-dialog.tsx'
import { OrderFacts } from './order-facts.tsx'
import { OrderHistory } from './order-history.tsx'
import { LineNote, OrderLines } from './order-lines.tsx'
import { OrderTickets } from './order-tickets.tsx'
import { orderQuery } from './queries.ts'
import { useRestaurant } from './restaurant-context.ts'
import { statusLooks, stepNames } from './state-looks.ts'
import styles from './order-panel.module.css'

/** Everything of one order, beside the board. */
export function OrderPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const t = useTranslate()
  const api = useApi()
  const { orders } = useRestaurant()
  const known = orders?.find((order) => order.id === id)
  const { data, error, refetch } = useQuery({ ...orderQuery(api, id ?? ''), enabled: id !== undefined })
  // The board's own copy is never older than what was asked for when the panel opened.
  const order = known && (!data || known.updated_at >= data.updated_at) ? known : data
  const title = order ? t('order.title', { number: order.number }) : t('order.one')
  return (
    <Dialog title={title} isOpen={id !== undefined} onClose={onClose} place="side">
      {order ? (
        <PanelBody order={order} onClose={onClose} />
      ) : (
        <DialogBody>
          {error === null ? (
            <Skeleton label={t('ui.loading')} />
          ) : (
            <FailureNotice error={error} retry={() => void refetch()} />
          )}
        </DialogBody>
      )}
    </Dialog>
  )
}

function PanelBody({ order, onClose }: { order: OrderIntent; onClose: () => void }) {
  const t = useTranslate()
  const money = useMoney(order.currency)
  const look = statusLooks[order.status]
  return (
    <>
      <DialogBody>
        <div>
          <StatusBadge icon={look.icon} tone={look.tone}>
            {t(look.name)}
          </StatusBadge>
        </div>
        <OrderFacts order={order} />
        <section className={styles.part}>
          <h3>{t('order.items')}</h3>
          <OrderLines lines={order.lines} price={({ total }) => money.show(total)} />
          {order.notes !== null && <LineNote text={order.notes} />}
          <p className={styles.total}>
            <span>{t('order.total')}</span>
            <strong>{money.show(order.total)}</strong>
          </p>
        </section>
        <OrderTickets order={order} />
        <OrderHistory order={order} />
      </DialogBody>
      {isOpen(order.status) && <PanelFoot order={order} onClose={onClose} />}
    </>
  )
}

function PanelFoot({ order, onClose }: { order: OrderIntent; onClose: () => void }) {
  const t = useTranslate()
  const navigate = useNavigate()
  const { steps } = useRestaurant()
  const [leaving, setLeaving] = useState<Leaving>()
  const edit = (): void => void navigate({ to: '/board/new', search: { order: order.id } })
  const advance = (): void => {
    onClose()
    void steps.advance(order)
  }
  return (
    <DialogFoot>
      <Button icon={<Ban aria-hidden />} onPress={() => setLeaving({ order, to: 'rejected' })}>
        {t('leave.reject')}
      </Button>
      <Button icon={<CircleSlash aria-hidden />} onPress={() => setLeaving({ order, to: 'cancelled' })}>
        {t('leave.cancel')}
      </Button>
      <Button icon={<Pencil aria-hidden />} onPress={edit}>
        {t('order.edit')}
      </Button>
      <Button tone="primary" onPress={advance}>
        {t(stepNames[order.status as OpenStatus])}
      </Button>
      <LeaveDialog
        leaving={leaving}
        onClose={() => setLeaving(undefined)}
        leave={({ to }, note) => {
          onClose()
          void steps.leave(order, to, note)
        }}
      />
    </DialogFoot>
  )
}
