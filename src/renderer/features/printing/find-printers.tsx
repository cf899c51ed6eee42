import { Plus, Radar } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import type { FoundPrinter } from '#contract/printers.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { transportNames } from './printer-states.ts'
import { useDiscoverPrinters } from './queries.ts'

interface FindPrintersProps {
  isOpen: boolean
  onClose: () => void
  choose: (found: FoundPrinter) => void
}

export function FindPrinters({ isOpen, onClose, choose }: FindPrintersProps) {
  const t = useTranslate()
  return (
    <Dialog title={t('printer.find')} isOpen={isOpen} onClose={onClose}>
      {isOpen && <Search onClose={onClose} choose={choose} />}
    </Dialog>
  )
}

function Search({ onClose, choose }: Omit<FindPrintersProps, 'isOpen'>) {
  const t = useTranslate()
  const find = useDiscoverPrinters()
  const start = useEffectEvent(() => find.mutate(false))
  useEffect(() => start(), [])
  return (
    <>
      <DialogBody>
        {find.isPending && (
          <>
            <p>{t('printer.finding')}</p>
            <Skeleton label={t('printer.finding')} bars={3} />
          </>
        )}
        {find.error !== null && <FailureNotice error={find.error} retry={() => find.mutate(false)} />}
        {find.data && <Found printers={find.data.printers} problems={find.data.problems} choose={choose} />}
      </DialogBody>
      <DialogFoot>
        <Button icon={<Radar aria-hidden />} onPress={() => find.mutate(true)} isDisabled={find.isPending}>
          {t('printer.probe')}
        </Button>
        <Button onPress={onClose}>{t('ui.close')}</Button>
      </DialogFoot>
    </>
  )
}

interface FoundProps {
  printers: FoundPrinter[]
  problems: string[]
  choose: (found: FoundPrinter) => void
}

function Found({ printers, problems, choose }: FoundProps) {
  const t = useTranslate()
  return (
    <>
      {printers.length === 0 && (
        <EmptyState icon={<Radar aria-hidden />} title={t('printer.notFound')}>
          {t('printer.notFound.text')}
        </EmptyState>
      )}
      <Lines label={t('printer.found')}>
        {printers.map((found) => (
          <Line
            key={`${found.transport} ${found.address}`}
            name={found.name}
            facts={`${t(transportNames[found.transport])} · ${found.address} · ${found.found_by}`}
            tools={
              <Button
                small
                icon={<Plus aria-hidden />}
                onPress={() => choose(found)}
                aria-label={t('printer.addName', { name: found.name })}
              >
                {t('printer.add')}
              </Button>
            }
          />
        ))}
      </Lines>
      {problems.length > 0 && (
        <Notice tone="warn" title={t('printer.problems')}>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      )}
    </>
  )
}
