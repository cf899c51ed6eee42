import { ListOrdered, Printer, Soup } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { SectionFrame } from '../../ui/section-frame.tsx'

export function PrintingFrame() {
  const t = useTranslate()
  return (
    <SectionFrame
      title={t('printing.title')}
      lead={t('printing.lead')}
      sections={[
        { to: '/printing/queue', name: t('printing.queue'), icon: ListOrdered },
        { to: '/printing/printers', name: t('printing.printers'), icon: Printer },
        { to: '/printing/stations', name: t('printing.stations'), icon: Soup },
      ]}
    />
  )
}
