import { useQuery } from '@tanstack/react-query'
import { Plus, Soup, Star, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Station } from '#contract/stations.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { stationsQuery } from '../../lib/stations.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { StationForm } from './station-form.tsx'
import { printersQuery } from './queries.ts'

export function StationsScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const stations = useQuery(stationsQuery(api, current.id))
  const [editing, setEditing] = useState<Station | 'new' | null>(null)
  return (
    <Card
      title={t('printing.stations')}
      actions={
        <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => setEditing('new')}>
          {t('station.add')}
        </Button>
      }
    >
      {stations.error !== null && (
        <FailureNotice error={stations.error} retry={() => void stations.refetch()} />
      )}
      {stations.isPending && <Skeleton label={t('ui.loading')} bars={3} />}
      {stations.data?.length === 0 && (
        <EmptyState icon={<Soup aria-hidden />} title={t('station.none')}>
          {t('station.none.text')}
        </EmptyState>
      )}
      {stations.data && stations.data.length > 0 && (
        <Lines label={t('printing.stations')}>
          {stations.data.map((station) => (
            <StationLine key={station.id} station={station} edit={() => setEditing(station)} />
          ))}
        </Lines>
      )}
      <StationForm station={editing} isFirst={stations.data?.length === 0} onClose={() => setEditing(null)} />
    </Card>
  )
}

function StationLine({ station, edit }: { station: Station; edit: () => void }) {
  const t = useTranslate()
  const api = useApi()
  const { data: printers = [] } = useQuery(printersQuery(api))
  const names = station.printer_ids.flatMap((id) => printers.find((printer) => printer.id === id)?.name ?? [])
  const [own, ...backups] = names
  const facts = [
    `${station.prefix}-0001`,
    own,
    ...(backups.length > 0 ? [t('station.backups', { names: backups.join(', ') })] : []),
    t('station.copies.count', { count: station.copies }),
  ].filter(Boolean)
  return (
    <Line
      name={station.name}
      marks={
        <>
          {station.is_default && (
            <StatusBadge icon={Star} tone="accent">
              {t('station.default')}
            </StatusBadge>
          )}
          {own === undefined && printers.length > 0 && (
            <StatusBadge icon={TriangleAlert} tone="warn">
              {t('station.noPrinter')}
            </StatusBadge>
          )}
        </>
      }
      facts={facts.join(' · ')}
      tools={
        <Button small onPress={edit} aria-label={t('station.editName', { name: station.name })}>
          {t('ui.edit')}
        </Button>
      }
    />
  )
}
