import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { PackageSearch, Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import type { PassportStatus, ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { PassportBadges } from './passport-badge.tsx'
import { NewPassport } from './passport-form.tsx'
import { profileNames, statusNames } from './passport-names.ts'
import { passportsQuery } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './passports.module.css'

const statuses = ['draft', 'published', 'archived'] as const

/** The product passports of the business. */
export function PassportsScreen() {
  const t = useTranslate()
  const { current } = useBusiness()
  const navigate = useNavigate()
  const [status, setStatus] = useState<PassportStatus | 'all'>('all')
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [adding, setAdding] = useState(false)
  const wanted = useDebounced(search.trim(), 200)
  const filter = { status: status === 'all' ? null : status, search: wanted, page }
  const { data, error, refetch, isPending } = useQuery(passportsQuery(useApi(), current.id, filter))
  const isFiltered = filter.status !== null || wanted !== ''
  return (
    <Page
      title={t('passports.title')}
      lead={t('passports.lead')}
      actions={
        <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
          {t('passports.add')}
        </Button>
      }
    >
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton label={t('ui.loading')} />}
      {data && (data.total > 0 || isFiltered) && (
        <div className={layout.tools}>
          <TextField
            label={t('passports.search')}
            value={search}
            onChange={(text) => (setPage(1), setSearch(text))}
          />
          <SelectField<PassportStatus | 'all'>
            label={t('passports.state')}
            value={status}
            onChange={(next) => (setPage(1), setStatus(next))}
            choices={[
              { id: 'all', name: t('passports.all') },
              ...statuses.map((id) => ({ id, name: t(statusNames[id]) })),
            ]}
          />
        </div>
      )}
      {data?.total === 0 && <Nothing isFiltered={isFiltered} />}
      {data?.data.map((passport) => (
        <PassportCard key={passport.id} passport={passport} />
      ))}
      {data && <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />}
      <NewPassport
        isOpen={adding}
        onClose={() => setAdding(false)}
        onMade={(passportId) => void navigate({ to: '/passports/$passportId', params: { passportId } })}
      />
    </Page>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslate()
  if (isFiltered) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title={t('passports.noMatch')}>
        {t('passports.noMatch.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<PackageSearch aria-hidden />} title={t('passports.none')}>
      {t('passports.none.text')}
    </EmptyState>
  )
}

function PassportCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const { gtin, lot, serial, core, profile, scan_count: count } = passport
  const group = profileNames.find(({ id }) => id === profile)
  const facts = [
    core.brand,
    gtin,
    lot && t('passports.lotIs', { lot }),
    serial && t('passports.serialIs', { serial }),
    group && t(group.name),
    t('passports.scans', { count }),
  ]
  return (
    <Card>
      <div className={styles.heading}>
        <Link to="/passports/$passportId" params={{ passportId: passport.id }} className={cx(layout.title)}>
          <bdi>{passport.name}</bdi>
        </Link>
        <PassportBadges passport={passport} />
      </div>
      <p className={layout.soft}>
        <bdi>{facts.filter(Boolean).join(' · ')}</bdi>
      </p>
    </Card>
  )
}
