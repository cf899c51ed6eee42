import { basename, join } from 'node:path'
import { app, type Session } from 'electron'
import { appOrigin, isAppUrl } from './app-origin.ts'

/** Files the page saves: only its own, always where the person says. */
export function setupDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL()
    if (!isAppUrl(url) && !url.startsWith(`blob:${appOrigin}/`)) return event.preventDefault()
    const name = basename(item.getFilename()) || 'qrscan'
    item.setSaveDialogOptions({ defaultPath: join(app.getPath('downloads'), name) })
  })
}
