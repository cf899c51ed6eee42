import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { listImportRows, type Import } from '#contract/imports.ts'
import { useApi } from '../../lib/api.tsx'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTranslate } from '../../lib/translate.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import { columnOfFinding } from './cell-findings.ts'
import { CommitBar } from './commit-bar.tsx'
import { FindingFacets } from './finding-facets.tsx'
import type { Cursor } from './grid-cursor.ts'
import { HeaderFindings } from './header-findings.tsx'
import { useChangeCell, useFailureToast } from './import-actions.ts'
import { ImportGrid, type GridHandle } from './import-grid.tsx'
import type { ImportSearch } from './import-search.ts'
import { RowPages, rowsInPage } from './row-pages.ts'
import { expectedRows } from './row-views.ts'
import { seekFinding } from './seek-finding.ts'
import { SummaryTiles } from './summary-tiles.tsx'

const route = getRouteApi('/imports/$importId')

/** The rows before anything is saved: what is wrong, where, and what would happen. */
export function PreviewView({ job }: { job: Import }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: ImportSearch): void =>
    void navigate({ search: next, replace: true, resetScroll: false })
  return (
    <>
      <SummaryTiles job={job} search={search} show={show} />
      <FindingFacets job={job} search={search} show={show} />
      <HeaderFindings job={job} />
      <Rows key={`${search.filter}-${search.code}`} job={job} search={search} show={show} />
    </>
  )
}

interface RowsProps {
  job: Import
  search: ImportSearch
  show: (search: ImportSearch) => void
}

function Rows({ job, search, show }: RowsProps) {
  const t = useTranslate()
  const grid = useRef<GridHandle>(null)
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const pages = usePages(job, search)
  const changeCell = useChangeCell(job.id)
  const seek = useSeek({ job, search, pages, cursor, goTo: (next) => grid.current?.goTo(next) })
  const rows = expectedRows(job, search)
  const pending = usePendingRow(search, (row) => grid.current?.goTo({ row: row - 1, column: cursor.column }))
  const showRow = (row: number): void => {
    pending.set(row)
    if (search.filter !== undefined || search.code !== undefined) show({})
    else grid.current?.goTo({ row: row - 1, column: cursor.column })
  }
  useShortcuts({ n: () => seek('next'), p: () => seek('previous') })
  const isEmpty = (pages.total ?? rows) === 0
  return (
    <>
      {pages.error !== undefined && <FailureNotice error={pages.error} retry={() => pages.refresh()} />}
      {isEmpty ? (
        <EmptyState icon={<SearchX aria-hidden />} title={t('imports.noRows')}>
          {t('imports.noRows.text')}
        </EmptyState>
      ) : (
        <ImportGrid
          job={job}
          pages={pages}
          expectedRows={rows}
          changeCell={(change, index) =>
            changeCell.mutate(change, {
              onSuccess: ({ row }) => pages.replace(index, row),
              onError: () => pages.refresh(),
            })
          }
          seek={seek}
          showRow={showRow}
          cursor={cursor}
          setCursor={setCursor}
          handle={grid}
        />
      )}
      <CommitBar job={job} seek={seek} />
    </>
  )
}

/** The rows of a view, asked for anew whenever the import itself has changed. */
function usePages(job: Import, { filter, code }: ImportSearch): RowPages {
  const api = useApi()
  const pages = useMemo(() => {
    const query = {
      filter: filter ?? ('all' as const),
      per_page: rowsInPage,
      ...(code !== undefined && { code }),
    }
    return new RowPages(async (page, signal) => {
      const { rows } = await api.call(listImportRows, {
        params: { id: job.id },
        query: { ...query, page },
        signal,
      })
      return { rows: rows.data, total: rows.total }
    })
  }, [api, job.id, filter, code])
  const known = useRef(job.updated_at)
  useEffect(() => {
    if (known.current !== job.updated_at) pages.refresh()
    known.current = job.updated_at
  }, [pages, job.updated_at])
  return pages
}

const pendingKey = ['import-show-row'] as const

/** A row to go to in the view of all rows, kept over the change of view. */
function usePendingRow(search: ImportSearch, goTo: (row: number) => void) {
  const queries = useQueryClient()
  const arrive = useEffectEvent(({ filter, code }: ImportSearch) => {
    const row = queries.getQueryData<number>(pendingKey)
    if (row === undefined || filter !== undefined || code !== undefined) return
    queries.removeQueries({ queryKey: pendingKey })
    goTo(row)
  })
  useEffect(() => arrive(search), [search])
  return { set: (row: number) => queries.setQueryData(pendingKey, row) }
}

interface SeekOptions {
  job: Import
  search: ImportSearch
  pages: RowPages
  cursor: Cursor
  goTo: (cursor: Cursor) => void
}

/** Goes to the next or previous row with an error, or with a warning where there are no errors. */
function useSeek({
  job,
  search,
  pages,
  cursor,
  goTo,
}: SeekOptions): (direction: 'next' | 'previous') => void {
  const api = useApi()
  const t = useTranslate()
  const toast = useToast()
  const fail = useFailureToast()
  const step = async (direction: 'next' | 'previous'): Promise<number | undefined> => {
    const isNarrowed =
      search.code !== undefined || ['errors', 'warnings', 'duplicates'].includes(search.filter ?? '')
    if (isNarrowed) {
      const next = cursor.row + (direction === 'next' ? 1 : -1)
      return next >= 0 && next < (pages.total ?? 0) ? next : undefined
    }
    const filter = job.counts.errors > 0 ? ('errors' as const) : ('warnings' as const)
    const load = async (page: number) => {
      const query = { filter, page, per_page: rowsInPage }
      const { rows } = await api.call(listImportRows, { params: { id: job.id }, query })
      return { rows: rows.data, total: rows.total }
    }
    const found = await seekFinding(load, cursor.row + 1, direction)
    return found === undefined ? undefined : found - 1
  }
  const run = async (direction: 'next' | 'previous'): Promise<void> => {
    try {
      const row = await step(direction)
      if (row === undefined)
        toast({ title: t(direction === 'next' ? 'imports.noNext' : 'imports.noPrevious') })
      else goTo({ row, column: columnToShow(pages, row, job, cursor.column) })
    } catch (error) {
      fail(error)
    }
  }
  return (direction) => void run(direction)
}

function columnToShow(pages: RowPages, index: number, job: Import, otherwise: number): number {
  const findings = pages.at(index)?.findings ?? []
  const finding = findings.find(({ severity }) => severity === 'error') ?? findings[0]
  return finding ? Math.max(columnOfFinding(finding, job.columns), 0) : otherwise
}
