import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import type { AppCommand, OpenedFile } from '#contract/bridge.ts'
import { useTranslate } from '../lib/translate.ts'
import { useToast } from '../ui/toast.tsx'

interface Openers {
  openPalette: () => void
  openHelp: () => void
  putFile: (file: File) => void
}

/** Follows the menu, the tray, deep links and opened files of the desktop app. In a browser there are none. */
export function useMachineCommands({ openPalette, openHelp, putFile }: Openers): void {
  const t = useTranslate()
  const navigate = useNavigate()
  const toast = useToast()
  const takeFile = async (opened: OpenedFile): Promise<void> => {
    try {
      putFile(await fileFrom(opened))
      await navigate({ to: '/imports' })
    } catch {
      toast({ title: t('imports.unreadable', { name: opened.name }), tone: 'bad' })
    }
  }
  const run = useEffectEvent((command: AppCommand) => {
    switch (command.type) {
      case 'show-page':
        return void navigate({ to: `/${command.page}` })
      case 'show-qr-link':
        return void navigate({ to: '/qr-links/$linkId', params: { linkId: command.id } })
      case 'show-import':
        return void navigate({ to: '/imports/$importId', params: { importId: command.id } })
      case 'create-qr-link':
        return void navigate({ to: '/qr-links', search: { panel: 'new' } })
      case 'import-file':
        return void takeFile(command.file)
      case 'open-command-palette':
        return openPalette()
      case 'show-shortcuts':
        return openHelp()
      default:
        return void navigate({ to: '/imports' })
    }
  })
  useEffect(() => window.qrscan?.onCommand((command) => run(command)), [])
}

async function fileFrom({ name, url }: OpenedFile): Promise<File> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The file could not be read: ${response.status}`)
  return new File([await response.blob()], name)
}

/** Whether the desktop app says that its server runs; in a browser the events alone tell. */
export function useServerRuns(): boolean {
  const [runs, setRuns] = useState(true)
  useEffect(() => window.qrscan?.onServerState(({ state }) => setRuns(state === 'ready')), [])
  return runs
}
