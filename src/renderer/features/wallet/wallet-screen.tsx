import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import {
  CalendarDays,
  CalendarPlus,
  ContactRound,
  FileSpreadsheet,
  PackagePlus,
  SearchX,
  UserRoundPlus,
  WalletCards,
  X,
} from 'lucide-react'
import { useState } from 'react'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useDebounced } from '../../lib/debounced.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { NewCard } from './card-form.tsx'
import { cardsQuery } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './wallet.module.css'

const route = getRouteApi('/wallet')

const kindChoices = [
  { id: 'all', name: 'wallet.all' },
  { id: 'contact', name: 'wallet.contacts' },
  { id: 'event', name: 'wallet.events' },
] as const

/** The contact and event cards of the business. */
export function WalletScreen() {
  const t = useTranslate()
  const { current } = useBusiness()
  const navigate = useNavigate()
  const { import_id: importId } = route.useSearch()
  const [kind, setKind] = useState<WalletPass['kind'] | 'all'>('all')
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [adding, setAdding] = useState<WalletPass['kind']>()
  const wanted = useDebounced(search.trim(), 200)
  const filter = { kind: kind === 'all' ? null : kind, search: wanted, importId, page }
  const { data, error, refetch, isPending } = useQuery(cardsQuery(useApi(), current.id, filter))
  const exported = {
    of: 'cards' as const,
    ...(filter.kind && { kind: filter.kind }),
    ...(wanted !== '' && { search: wanted }),
    ...(importId !== undefined && { import_id: importId }),
  }
  const isFiltered = filter.kind !== null || wanted !== '' || importId !== undefined
  return (
    <Page
      title={t('wallet.title')}
      lead={t('wallet.lead')}
      actions={
        <>
          <Button
            icon={<FileSpreadsheet aria-hidden />}
            onPress={() => void navigate({ to: '/imports', search: { kind: 'wallet_passes' } })}
          >
            {t('wallet.fromFile')}
          </Button>
          <LinkButton to="/exports" search={exported} icon={<PackagePlus aria-hidden />}>
            {t('wallet.export')}
          </LinkButton>
          <Button icon={<CalendarPlus aria-hidden />} onPress={() => setAdding('event')}>
            {t('wallet.addEvent')}
          </Button>
          <Button tone="primary" icon={<UserRoundPlus aria-hidden />} onPress={() => setAdding('contact')}>
            {t('wallet.addContact')}
          </Button>
        </>
      }
    >
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton label={t('ui.loading')} />}
      {data && (data.total > 0 || isFiltered) && (
        <div className={layout.tools}>
          <TextField
            label={t('wallet.search')}
            value={search}
            onChange={(text) => (setPage(1), setSearch(text))}
          />
          <SelectField
            label={t('wallet.kind')}
            value={kind}
            onChange={(next) => (setPage(1), setKind(next))}
            choices={kindChoices.map(({ id, name }) => ({ id, name: t(name) }))}
          />
        </div>
      )}
      {importId !== undefined && (
        <p className={layout.soft}>
          {t('wallet.ofImport')}{' '}
          <Button icon={<X aria-hidden />} onPress={() => void navigate({ to: '/wallet', search: {} })}>
            {t('wallet.all')}
          </Button>
        </p>
      )}
      {data?.total === 0 && <Nothing isFiltered={isFiltered} />}
      {data && data.total > 0 && (
        <Card>
          <Lines label={t('wallet.title')}>
            {data.data.map((card) => (
              <CardLine key={card.id} card={card} />
            ))}
          </Lines>
        </Card>
      )}
      {data && <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />}
      <NewCard
        kind={adding}
        onClose={() => setAdding(undefined)}
        onMade={(cardId) => void navigate({ to: '/wallet/$cardId', params: { cardId } })}
      />
    </Page>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslate()
  if (isFiltered) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title={t('wallet.noMatch')}>
        {t('wallet.noMatch.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<WalletCards aria-hidden />} title={t('wallet.none')}>
      {t('wallet.none.text')}
    </EmptyState>
  )
}

function CardLine({ card }: { card: WalletPass }) {
  const formats = useFormats()
  const { contact, event } = card
  const reach = contact?.emails?.[0]?.value ?? contact?.phones?.[0]?.value
  const facts = [
    card.subtitle,
    contact?.job_title,
    contact?.organization,
    reach,
    event && formats.dateTime(event.starts_at),
    event?.location,
  ]
  const Icon = card.kind === 'contact' ? ContactRound : CalendarDays
  return (
    <Line
      picture={<Icon aria-hidden className={cx(styles.kind)} />}
      name={
        <Link to="/wallet/$cardId" params={{ cardId: card.id }} className={cx(layout.title)}>
          <bdi>{card.title}</bdi>
        </Link>
      }
      facts={<bdi>{facts.filter(Boolean).join(' · ')}</bdi>}
    />
  )
}
