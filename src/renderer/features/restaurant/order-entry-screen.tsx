import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { MenuItem } from '#contract/menu-items.ts'
import type { OrderIntent } from '#contract/order-intents.ts'
import { isOpen } from '#contract/order-states.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { BoardEmpty } from './board-empty.tsx'
import { EntryForm } from './entry-form.tsx'
import { NewOrdersBar } from './new-orders-bar.tsx'
import { draftOfOrder, type OrderDraft } from './order-draft.ts'
import { menuQuery, orderQuery } from './queries.ts'
import { useRestaurant } from './restaurant-context.ts'

const route = getRouteApi('/restaurant/board/new')

/** Enters an order by hand or, with `?order=`, changes one. */
export function OrderEntryScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { order } = route.useSearch()
  const menu = useQuery(menuQuery(api, current.id))
  return (
    <Page title={order === undefined ? t('entry.title') : t('entry.change')} filling>
      <NewOrdersBar />
      {menu.data === undefined && menu.error === null && <Skeleton label={t('ui.loading')} />}
      {menu.error !== null && <FailureNotice error={menu.error} retry={() => void menu.refetch()} />}
      {menu.data?.length === 0 && <BoardEmpty isSilent={false} />}
      {menu.data !== undefined && menu.data.length > 0 && <Entry key={order} id={order} menu={menu.data} />}
    </Page>
  )
}

function Entry({ id, menu }: { id: string | undefined; menu: readonly MenuItem[] }) {
  const { draft, setDraft } = useRestaurant()
  if (id !== undefined) return <ChangeEntry id={id} menu={menu} />
  return <EntryForm menu={menu} draft={draft} setDraft={setDraft} />
}

/** Starts from the order as it is on opening: nothing is laid over what somebody is typing. */
function ChangeEntry({ id, menu }: { id: string; menu: readonly MenuItem[] }) {
  const t = useTranslate()
  const api = useApi()
  const { data, error, refetch } = useQuery({
    ...orderQuery(api, id),
    queryKey: ['order-edit', id],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const [round, setRound] = useState(0)
  const reload = async (): Promise<void> => {
    await refetch()
    setRound(round + 1)
  }
  if (data === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
    return <Skeleton label={t('ui.loading')} />
  }
  if (!isOpen(data.status)) {
    return (
      <Notice tone="warn" title={t('entry.closed')}>
        {t('entry.closed.text')}
      </Notice>
    )
  }
  return <ChangeForm key={round} order={data} menu={menu} reload={() => void reload()} />
}

interface ChangeFormProps {
  order: OrderIntent
  menu: readonly MenuItem[]
  reload: () => void
}

function ChangeForm({ order: opened, menu, reload }: ChangeFormProps) {
  const t = useTranslate()
  const [order] = useState(opened)
  const [start] = useState(() => draftOfOrder(order, menu))
  const [draft, setDraft] = useState<OrderDraft>(start.draft)
  return (
    <>
      {start.gone.length > 0 && (
        <Notice tone="warn" title={t('entry.gone', { names: start.gone.join(', ') })}>
          {t('entry.gone.text')}
        </Notice>
      )}
      <EntryForm menu={menu} draft={draft} setDraft={setDraft} change={{ order, reload }} />
    </>
  )
}
