import { useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { SelectField, type Choice } from '../../ui/select-field.tsx'
import { statusNames } from './link-badge.tsx'
import { isFiltered, linkStatuses, type LinkStatus, type QrLinkSearch } from './qr-link-search.ts'
import type { ChangeSearch } from './qr-links-screen.tsx'
import { facetsQuery } from './queries.ts'
import styles from './qr-links.module.css'

const any = '*any'

interface FiltersProps {
  search: QrLinkSearch
  change: ChangeSearch
}

export function LinkFilters({ search, change }: FiltersProps) {
  const t = useTranslate()
  const statuses = linkStatuses.map((id) => ({ id, name: t(statusNames[id]) }))
  const facets = useFacetChoices()
  const clear = (): void =>
    change({
      search: undefined,
      status: undefined,
      campaign: undefined,
      tag: undefined,
      import_id: undefined,
    })
  return (
    <search className={styles.filters}>
      <SearchBox value={search.search ?? ''} onSettle={(text) => change({ search: text || undefined })} />
      <SelectField
        bare
        label={t('links.filter.status')}
        value={search.status ?? any}
        choices={[{ id: any, name: t('links.filter.anyStatus') }, ...statuses]}
        onChange={(status) => change({ status: status === any ? undefined : (status as LinkStatus) })}
      />
      <SelectField
        bare
        label={t('links.filter.campaign')}
        value={search.campaign ?? any}
        choices={[{ id: any, name: t('links.filter.anyCampaign') }, ...facets.campaigns]}
        onChange={(campaign) => change({ campaign: campaign === any ? undefined : campaign })}
      />
      <SelectField
        bare
        label={t('links.filter.tag')}
        value={search.tag ?? any}
        choices={[{ id: any, name: t('links.filter.anyTag') }, ...facets.tags]}
        onChange={(tag) => change({ tag: tag === any ? undefined : tag })}
      />
      {search.import_id !== undefined && (
        <Button icon={<X aria-hidden />} onPress={() => change({ import_id: undefined })}>
          {t('links.filter.import')}
        </Button>
      )}
      {isFiltered(search) && (
        <Button tone="quiet" onPress={clear}>
          {t('links.clearFilters')}
        </Button>
      )}
    </search>
  )
}

function useFacetChoices(): { tags: Choice<string>[]; campaigns: Choice<string>[] } {
  const api = useApi()
  const t = useTranslate()
  const formats = useFormats()
  const { current } = useBusiness()
  const { data } = useQuery(facetsQuery(api, current.id))
  const choices = (facets: { name: string; count: number }[] = []): Choice<string>[] =>
    facets.map(({ name, count }) => ({
      id: name,
      name,
      note: t('links.count', { count, shown: formats.number(count) }),
    }))
  return { tags: choices(data?.tags), campaigns: choices(data?.campaigns) }
}

/** Searches once the typing pauses. */
function SearchBox({ value, onSettle }: { value: string; onSettle: (text: string) => void }) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  // Filters that are cleared elsewhere clear the box too; what came of our own typing does not touch it.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) setText(value)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (next: string): void => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSent(next.trim())
      onSettle(next.trim())
    }, 250)
  }
  useShortcuts({ '/': () => input.current?.focus() })
  return (
    <SearchField aria-label={t('links.search')} value={text} onChange={type} className={cx(styles.search)}>
      <Search aria-hidden />
      <Input ref={input} placeholder={t('links.search.placeholder')} className={cx(styles.searchInput)} />
      {text !== '' && (
        <IconButton small label={t('links.search.clear')} icon={<X aria-hidden />} onPress={() => type('')} />
      )}
    </SearchField>
  )
}
