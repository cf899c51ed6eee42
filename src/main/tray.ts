import { Menu, nativeImage, Tray } from 'electron'

export interface TrayOptions {
  /** Path of the icon; its @2x twin lies beside it. */
  icon: string
  show: () => void
  createLink: () => void
  importFile: () => void
  quit: () => void
}

/** The caller holds on to what comes back: a tray icon that is garbage-collected vanishes. */
export function createTray({ icon, show, createLink, importFile, quit }: TrayOptions): Tray {
  const tray = new Tray(nativeImage.createFromPath(icon))
  tray.setToolTip('QRScan')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open QRScan', click: show },
      { label: 'New QR link', click: createLink },
      { label: 'Import a spreadsheet…', click: importFile },
      { type: 'separator' },
      { label: 'Quit', click: quit },
    ]),
  )
  tray.on('click', show)
  return tray
}
