import { app } from 'electron'
import type { Desktop } from './desktop.ts'

/** Quits with the last window, as people expect outside macOS, and only after the server has ended in order. */
export function setupQuitting({ server, window }: Desktop): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => window.show())
  app.on('will-quit', (event) => {
    if (server.state.state === 'stopped') return
    event.preventDefault()
    void server.stop().finally(() => app.quit())
  })
}
