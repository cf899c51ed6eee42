import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, ReceiptText } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useAppEvents } from '../../lib/app-events.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { addDays, isDay } from './business-day.ts'
import { DayFigures } from './day-figures.tsx'
import { DownloadDay } from './download-day.tsx'
import { NewOrdersBar } from './new-orders-bar.tsx'
import { OrderPanel } from './order-panel.tsx'
import { listedStatuses, type ListedStatus, type OrdersSearch } from './order-search.ts'
import { OrdersTable } from './orders-table.tsx'
import { dayOrdersQuery } from './queries.ts'
import { SearchBox } from './search-box.tsx'
import { statusLooks } from './state-looks.ts'
import { useToday } from './use-today.ts'
import styles from './orders.module.css'

const route = getRouteApi('/restaurant/orders')

/** A day's orders, that day in numbers, and its file. */
export function OrdersScreen() {
  const t = useTranslate()
  const search = route.useSearch()
  const today = useToday()
  const day = search.day ?? today
  const change = useChangeSearch()
  useFollowDay()
  return (
    <Page title={t('orders.title')} lead={t('orders.lead')} actions={<DownloadDay day={day} />}>
      <NewOrdersBar />
      <DayChoice
        day={day}
        today={today}
        choose={(next) => change({ day: next === today ? undefined : next })}
      />
      <DayFigures day={day} />
      <Filters search={search} change={change} />
      <List day={day} search={search} change={change} />
      <OrderPanel id={search.order} onClose={() => change({ order: undefined })} />
    </Page>
  )
}

type Change = (part: { [K in keyof OrdersSearch]?: OrdersSearch[K] | undefined }) => void

function useChangeSearch(): Change {
  const navigate = route.useNavigate()
  return (part) => {
    const keepsPage = 'page' in part || 'order' in part
    const next = (before: OrdersSearch): OrdersSearch => {
      const merged = { ...before, ...(keepsPage ? {} : { page: undefined }), ...part }
      return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
    }
    void navigate({ search: next, replace: part.order === undefined, resetScroll: 'page' in part })
  }
}

const pause = 2_000

/** Asks again at most every two seconds, however many orders change. */
function useFollowDay(): void {
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useAppEvents(({ type }) => {
    if (type !== 'order_intents.changed' || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      for (const queryKey of [['day-orders'], ['day-summary']]) void queries.invalidateQueries({ queryKey })
    }, pause)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
}

function DayChoice(props: { day: string; today: string; choose: (day: string) => void }) {
  const t = useTranslate()
  const { day, today, choose } = props
  return (
    <div className={styles.day}>
      <IconButton
        label={t('orders.dayBefore')}
        icon={<ChevronLeft aria-hidden />}
        onPress={() => choose(addDays(day, -1))}
      />
      <TextField
        label={t('orders.day')}
        bareLabel
        type="date"
        value={day}
        onChange={(next) => isDay(next) && choose(next)}
      />
      <IconButton
        label={t('orders.dayAfter')}
        icon={<ChevronRight aria-hidden />}
        isDisabled={day >= today}
        onPress={() => choose(addDays(day, 1))}
      />
      {day !== today && <Button onPress={() => choose(today)}>{t('orders.today')}</Button>}
    </div>
  )
}

const any = '*any'

function Filters({ search, change }: { search: OrdersSearch; change: Change }) {
  const t = useTranslate()
  const [text, setText] = useState(search.search ?? '')
  const settled = useDebounced(text.trim(), 250)
  const sent = search.search ?? ''
  useEffect(() => {
    if (settled !== sent) change({ search: settled || undefined })
    // oxlint-disable-next-line react/exhaustive-deps -- what is typed leads, and the address follows it
  }, [settled])
  const nameOf = (status: ListedStatus): string =>
    status === 'open' ? t('orders.status.open') : t(statusLooks[status].name)
  return (
    <search className={styles.filters}>
      <SearchBox
        label={t('orders.search')}
        placeholder={t('board.search.placeholder')}
        value={text}
        onChange={setText}
      />
      <SelectField
        bare
        label={t('orders.status')}
        value={search.status ?? any}
        choices={[
          { id: any, name: t('orders.status.any') },
          ...listedStatuses.map((id) => ({ id, name: nameOf(id) })),
        ]}
        onChange={(status) => change({ status: status === any ? undefined : (status as ListedStatus) })}
      />
    </search>
  )
}

function List({ day, search, change }: { day: string; search: OrdersSearch; change: Change }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { search: text, status, page } = search
  const query = {
    business_id: current.id,
    business_day: day,
    ...(text !== undefined && { search: text }),
    ...(status !== undefined && { status }),
    ...(page !== undefined && { page }),
    per_page: 50,
  }
  const { data, error, refetch } = useQuery({
    ...dayOrdersQuery(api, query),
    placeholderData: keepPreviousData,
  })
  if (data === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
    return <Skeleton label={t('ui.loading')} />
  }
  if (data.data.length === 0) {
    return (
      <EmptyState icon={<ReceiptText aria-hidden />} title={t('orders.none')}>
        {text !== undefined || status !== undefined ? t('orders.none.filtered') : t('orders.none.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <OrdersTable orders={data.data} open={(order) => change({ order })} />
      <Pagination
        page={data.current_page}
        lastPage={data.last_page}
        onChange={(to) => change({ page: to })}
      />
    </>
  )
}
