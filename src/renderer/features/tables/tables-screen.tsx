import { useQuery } from '@tanstack/react-query'
import { Armchair, Download, Plus } from 'lucide-react'
import { useState } from 'react'
import { showTableImage, type DiningTable } from '#contract/tables.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { guestAccessQuery } from '../../lib/guest-access.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { CodeThumbnail } from '../../ui/code-thumbnail.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { PowerOff } from 'lucide-react'
import { tablesQuery } from './queries.ts'
import { NewTables, TableForm } from './table-form.tsx'

export function TablesScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const tables = useQuery(tablesQuery(api, current.id))
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<DiningTable | null>(null)
  const add = (
    <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
      {t('tables.add')}
    </Button>
  )
  return (
    <Page title={t('tables.title')} lead={t('tables.lead')} actions={add}>
      {tables.error !== null && <FailureNotice error={tables.error} retry={() => void tables.refetch()} />}
      {tables.isPending && <Skeleton label={t('ui.loading')} />}
      {tables.data?.length === 0 && (
        <EmptyState icon={<Armchair aria-hidden />} title={t('tables.none')}>
          {t('tables.none.text')}
        </EmptyState>
      )}
      {tables.data && tables.data.length > 0 && <TableList tables={tables.data} edit={setEditing} />}
      <NewTables isOpen={adding} onClose={() => setAdding(false)} />
      <TableForm table={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}

function TableList({ tables, edit }: { tables: DiningTable[]; edit: (table: DiningTable) => void }) {
  const t = useTranslate()
  const areas = Map.groupBy(tables, ({ area }) => area ?? '')
  return (
    <>
      <GuestDoor />
      {[...areas].map(([area, inside]) => (
        <Card key={area} {...(area !== '' && { title: area })}>
          <Lines label={area === '' ? t('tables.title') : area}>
            {inside.map((table) => (
              <TableLine key={table.id} table={table} edit={() => edit(table)} />
            ))}
          </Lines>
        </Card>
      ))}
    </>
  )
}

/** Codes that lead nowhere would be printed in vain: says whether guests get in at all. */
function GuestDoor() {
  const t = useTranslate()
  const api = useApi()
  const { data: access } = useQuery(guestAccessQuery(api))
  if (!access || access.is_open) return null
  return (
    <Notice
      title={t('tables.closed')}
      actions={<LinkButton to="/settings/restaurant">{t('tables.closed.open')}</LinkButton>}
    >
      {t('tables.closed.text')}
    </Notice>
  )
}

function TableLine({ table, edit }: { table: DiningTable; edit: () => void }) {
  const t = useTranslate()
  const save = useSaveCode(table)
  const seats = table.seats === null ? [] : [t('tables.seats.count', { count: table.seats })]
  return (
    <Line
      picture={table.code_url !== null && <CodeThumbnail text={table.code_url} />}
      name={table.name}
      marks={
        !table.is_active && (
          <StatusBadge icon={PowerOff} tone="calm">
            {t('tables.inactive')}
          </StatusBadge>
        )
      }
      facts={[...seats, table.code_url ?? t('tables.noAddress')].join(' · ')}
      tools={
        <>
          <Button
            small
            icon={<Download aria-hidden />}
            isDisabled={table.code_url === null}
            onPress={() => void save()}
            aria-label={t('tables.codeOf', { name: table.name })}
          >
            {t('tables.code')}
          </Button>
          <Button small onPress={edit} aria-label={t('tables.editName', { name: table.name })}>
            {t('ui.edit')}
          </Button>
        </>
      }
    />
  )
}

function useSaveCode({ id, name }: DiningTable) {
  const api = useApi()
  const t = useTranslate()
  const toast = useToast()
  return async (): Promise<void> => {
    try {
      const picture = await api.request(showTableImage, { params: { id }, query: { format: 'svg' } })
      saveFile(await picture.blob(), `table-${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.svg`)
    } catch (error) {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    }
  }
}
