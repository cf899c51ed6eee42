import { useQuery } from '@tanstack/react-query'
import { Plus, Printer as PrinterIcon, Search } from 'lucide-react'
import { useState } from 'react'
import type { Printer } from '#contract/printers.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { FindPrinters } from './find-printers.tsx'
import { PrinterForm, type PrinterToEdit } from './printer-form.tsx'
import { PrinterLine } from './printer-line.tsx'
import { printersQuery } from './queries.ts'

export function PrintersScreen() {
  const t = useTranslate()
  const api = useApi()
  const printers = useQuery(printersQuery(api))
  const [finding, setFinding] = useState(false)
  const [editing, setEditing] = useState<PrinterToEdit | null>(null)
  return (
    <Card
      title={t('printing.printers')}
      actions={
        <>
          <Button icon={<Plus aria-hidden />} onPress={() => setEditing({ kind: 'new' })}>
            {t('printer.addByHand')}
          </Button>
          <Button tone="primary" icon={<Search aria-hidden />} onPress={() => setFinding(true)}>
            {t('printer.find')}
          </Button>
        </>
      }
    >
      {printers.error !== null && (
        <FailureNotice error={printers.error} retry={() => void printers.refetch()} />
      )}
      {printers.isPending && <Skeleton label={t('ui.loading')} bars={3} />}
      {printers.data && (
        <Printers printers={printers.data} edit={(printer) => setEditing({ kind: 'known', printer })} />
      )}
      <FindPrinters
        isOpen={finding}
        onClose={() => setFinding(false)}
        choose={(found) => {
          setFinding(false)
          setEditing({ kind: 'found', found })
        }}
      />
      <PrinterForm editing={editing} onClose={() => setEditing(null)} />
    </Card>
  )
}

function Printers({ printers, edit }: { printers: Printer[]; edit: (printer: Printer) => void }) {
  const t = useTranslate()
  if (printers.length === 0) {
    return (
      <EmptyState icon={<PrinterIcon aria-hidden />} title={t('printer.none')}>
        {t('printer.none.text')}
      </EmptyState>
    )
  }
  return (
    <Lines label={t('printing.printers')}>
      {printers.map((printer) => (
        <PrinterLine key={printer.id} printer={printer} edit={() => edit(printer)} />
      ))}
    </Lines>
  )
}
