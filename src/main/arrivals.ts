import { deepLinkIn, filesIn, readDeepLink } from './deep-links.ts'
import type { Desktop } from './desktop.ts'

/** What a start of the app, a link or a double-clicked file brings along. */
export interface Arrivals {
  /** The words of a start, with file names made absolute. */
  onWords: (argv: readonly string[]) => void
  onLink: (link: string) => void
  onFile: (path: string) => void
}

/** Turns arrivals into commands; what cannot be read only brings the window to the front. */
export function arrivalsOf({ window, opened }: Pick<Desktop, 'window' | 'opened'>): Arrivals {
  function onLink(link: string): void {
    const command = readDeepLink(link)
    if (command !== undefined) window.send(command)
  }

  function onFile(path: string): void {
    const file = opened.add(path)
    if (file !== undefined) window.send({ type: 'import-file', file })
  }

  function onWords(argv: readonly string[]): void {
    const link = deepLinkIn(argv)
    if (link !== undefined) onLink(link)
    for (const path of filesIn(argv)) onFile(path)
  }

  return { onWords, onLink, onFile }
}
