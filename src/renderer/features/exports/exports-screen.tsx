import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { PackagePlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BundleRequest } from '#contract/export-bundles.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { freshDraft, requestOf, type BundleDraft } from './bundle-draft.ts'
import { BundleList } from './bundle-list.tsx'
import { CardFields } from './card-fields.tsx'
import { CodeFields } from './code-fields.tsx'
import { selectionOf, type ExportSearch } from './export-search.ts'
import layout from '../../ui/layout.module.css'
import { LookField } from './look-field.tsx'
import { previewQuery, useMakeBundle } from './queries.ts'
import { Selection } from './selection.tsx'
import { SheetFields } from './sheet-fields.tsx'
import { SheetPreview } from './sheet-preview.tsx'

const route = getRouteApi('/exports')

export type ChangeDraft = (part: Partial<BundleDraft>) => void

/** Codes of many links, or many cards, at once, as files or on label sheets; and the bundles that were made. */
export function ExportsScreen() {
  const t = useTranslate()
  const search = route.useSearch()
  return (
    <Page title={t('exports.title')} lead={t('exports.lead')}>
      <NewBundle search={search} />
      <BundleList />
    </Page>
  )
}

function NewBundle({ search }: { search: ExportSearch }) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const { of = 'links' } = search
  const [draft, setDraft] = useState(freshDraft)
  const change: ChangeDraft = (part) => setDraft((before) => ({ ...before, ...part }))
  const request = useMemo(
    (): BundleRequest => ({ ...requestOf(draft, of), ...selectionOf(search) }),
    [draft, of, search],
  )
  const make = useMakeBundle(current.id)
  const formats = of === 'cards' ? draft.cardFormats : draft.formats
  const isEmpty = draft.kind === 'files' && formats.length === 0
  const start = () =>
    make.mutate(request, {
      onSuccess: ({ bundle }) =>
        toast({
          title: t(of === 'cards' ? 'exports.startedCards' : 'exports.started', { count: bundle.total }),
        }),
    })
  return (
    <div className={layout.columns}>
      <Card title={t('exports.new')}>
        <Selection search={search} />
        <SelectField
          label={t('exports.kind')}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          choices={[
            { id: 'print_sheets', name: t('exports.kind.print_sheets') },
            {
              id: 'files',
              name: t(of === 'cards' ? 'exports.kind.wallet_cards' : 'exports.kind.qr_codes'),
            },
          ]}
        />
        {!(of === 'cards' && draft.kind === 'files') && <LookField draft={draft} of={of} change={change} />}
        {draft.kind === 'print_sheets' && <SheetFields draft={draft} of={of} change={change} />}
        {draft.kind === 'files' && of === 'links' && <CodeFields draft={draft} change={change} />}
        {draft.kind === 'files' && of === 'cards' && <CardFields draft={draft} change={change} />}
        {make.error !== null && <FailureNotice error={make.error} />}
        <div>
          <Button
            tone="primary"
            icon={<PackagePlus aria-hidden />}
            isPending={make.isPending}
            isDisabled={isEmpty}
            onPress={start}
          >
            {t('exports.make')}
          </Button>
        </div>
      </Card>
      {draft.kind === 'print_sheets' && <Preview request={request} />}
    </div>
  )
}

/** The page as it will be printed; asked for once typing rests. */
function Preview({ request }: { request: BundleRequest }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const [page, setPage] = useState(1)
  const settled = useDebounced(request, 250)
  const { data, error, isPlaceholderData } = useQuery(previewQuery(api, current.id, settled, page))
  return (
    <div className={layout.beside}>
      <Card title={t('exports.preview')}>
        {error === null ? (
          <SheetPreview preview={data} isStale={isPlaceholderData || settled !== request} turn={setPage} />
        ) : (
          <FailureNotice error={error} />
        )}
      </Card>
    </div>
  )
}
