import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { AppCommand } from '#contract/bridge.ts'

export interface MenuOptions {
  isMac: boolean
  /** Adds what only a developer wants. */
  isPackaged: boolean
  send: (command: AppCommand) => void
  importFile: () => void
  showDataFolder: () => void
}

export function setupMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}

function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  return [
    ...(options.isMac ? [{ role: 'appMenu' as const }] : []),
    fileMenu(options),
    { role: 'editMenu' },
    viewMenu(options),
    { role: 'windowMenu' },
    helpMenu(options),
  ]
}

function fileMenu({ isMac, send, importFile }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'New QR link', accelerator: 'CmdOrCtrl+N', click: () => send({ type: 'create-qr-link' }) },
      { label: 'Import a spreadsheet…', accelerator: 'CmdOrCtrl+O', click: importFile },
      { type: 'separator' },
      {
        label: 'Settings',
        accelerator: 'CmdOrCtrl+,',
        click: () => send({ type: 'show-page', page: 'settings/appearance' }),
      },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
}

function viewMenu({ isPackaged, send }: MenuOptions): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }]
  return {
    label: '&View',
    submenu: [
      {
        label: 'QR links',
        accelerator: 'CmdOrCtrl+1',
        click: () => send({ type: 'show-page', page: 'qr-links' }),
      },
      {
        label: 'Imports',
        accelerator: 'CmdOrCtrl+2',
        click: () => send({ type: 'show-page', page: 'imports' }),
      },
      { type: 'separator' },
      {
        // The page hears these keys itself, in a browser too; the menu only shows them.
        label: 'Command palette',
        accelerator: 'CmdOrCtrl+K',
        registerAccelerator: false,
        click: () => send({ type: 'open-command-palette' }),
      },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : developer),
    ],
  }
}

function helpMenu({ send, showDataFolder }: MenuOptions): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      { label: 'Keyboard shortcuts', click: () => send({ type: 'show-shortcuts' }) },
      { label: 'Show the data folder', click: showDataFolder },
    ],
  }
}
