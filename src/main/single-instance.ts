import { resolve } from 'node:path'
import { app } from 'electron'
import type { Arrivals } from './arrivals.ts'

/**
 * One app at a time: a second start hands its words to the first and ends. False in that second one. Called before
 * `ready`, because macOS sends what the app was opened with as early as that.
 */
export function claimSingleInstance({ onWords, onLink, onFile }: Arrivals, show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv, folder) => {
    if (app.isReady()) show()
    onWords(argv.map((word) => absolute(word, folder)))
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    onLink(link)
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    onFile(path)
  })
  return true
}

/** File names are relative to the folder the second start ran in; options and links stay as they are. */
function absolute(word: string, folder: string): string {
  return word.startsWith('-') || word.includes(':') ? word : resolve(folder, word)
}
