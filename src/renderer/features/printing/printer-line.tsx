import { Activity, Banknote, CirclePause, CirclePlay, Ellipsis, Pencil, ReceiptText } from 'lucide-react'
import type { Printer } from '#contract/printers.ts'
import { describeFailure } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Line } from '../../ui/lines.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { printerStates, proofNotes, transportNames } from './printer-states.ts'
import { useCheckPrinter, useOpenDrawer, usePausePrinter, usePrintTestPage } from './queries.ts'
import styles from './printing.module.css'

export function PrinterLine({ printer, edit }: { printer: Printer; edit: () => void }) {
  const t = useTranslate()
  const { icon, tone, name } = printerStates[printer.state]
  const act = usePrinterActions(printer, edit)
  return (
    <Line
      name={printer.name}
      marks={
        <>
          <StatusBadge icon={icon} tone={tone}>
            {t(name)}
          </StatusBadge>
          {printer.is_paused && (
            <StatusBadge icon={CirclePause} tone="warn">
              {t('printer.paused')}
            </StatusBadge>
          )}
        </>
      }
      facts={<Facts printer={printer} />}
      tools={
        <>
          <Button
            small
            icon={<Activity aria-hidden />}
            onPress={act.check}
            isDisabled={act.isChecking}
            aria-label={t('printer.checkName', { name: printer.name })}
          >
            {act.isChecking ? t('printer.checking') : t('printer.check')}
          </Button>
          <Button
            small
            icon={<ReceiptText aria-hidden />}
            onPress={act.testPage}
            aria-label={t('printer.testName', { name: printer.name })}
          >
            {t('printer.test')}
          </Button>
          <Menu label={t('printer.more', { name: printer.name })} entries={act.entries}>
            <IconButton
              label={t('printer.more', { name: printer.name })}
              icon={<Ellipsis aria-hidden />}
              small
            />
          </Menu>
        </>
      }
    />
  )
}

function Facts({ printer }: { printer: Printer }) {
  const t = useTranslate()
  const formats = useFormats()
  const { transport, address, width, waiting, state_reason, state_at, proof } = printer
  return (
    <span className={styles.facts}>
      {state_reason !== null && <span className={styles.reason}>{state_reason}</span>}
      <span>
        {t(transportNames[transport])} · {address} · {t('printer.paper', { width })}
        {waiting > 0 && <> · {t('printer.waiting', { count: waiting })}</>}
        {state_at !== null && <> · {t('printer.seen', { at: formats.dateTime(state_at) })}</>}
      </span>
      <span>{t(proofNotes[proof])}</span>
    </span>
  )
}

function usePrinterActions(printer: Printer, edit: () => void) {
  const t = useTranslate()
  const toast = useToast()
  const check = useCheckPrinter()
  const test = usePrintTestPage()
  const drawer = useOpenDrawer()
  const pause = usePausePrinter()
  const { id, name, is_paused, has_drawer } = printer
  const onError = (error: unknown): void => {
    const { title, advice } = describeFailure(error, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
  const entries: MenuEntry[] = [
    {
      id: 'pause',
      name: t(is_paused ? 'printer.resume' : 'printer.pause'),
      icon: is_paused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />,
      run: () => pause.mutate({ id, is_paused: !is_paused }, { onError }),
    },
    {
      id: 'drawer',
      name: t('printer.drawer'),
      icon: <Banknote aria-hidden />,
      isDisabled: !has_drawer,
      run: () =>
        drawer.mutate(id, { onError, onSuccess: () => toast({ title: t('printer.drawer.sent', { name }) }) }),
    },
    { id: 'edit', name: t('ui.edit'), icon: <Pencil aria-hidden />, run: edit },
  ]
  return {
    entries,
    isChecking: check.isPending,
    check: () => check.mutate(id, { onError }),
    testPage: () =>
      test.mutate(id, { onError, onSuccess: () => toast({ title: t('printer.test.sent', { name }) }) }),
  }
}
