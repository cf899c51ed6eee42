import { appPages, type AppCommand } from '#contract/bridge.ts'

const longestLink = 200
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Reads a `qrscan://` link, which any site may send, into one of a few wishes that only navigate:
 * `qrscan://PAGE`, `qrscan://qr-links/ID`, `qrscan://imports/ID`. Undefined for everything else, so that no text of
 * a link ever becomes a path, an address or a call.
 */
export function readDeepLink(link: string): AppCommand | undefined {
  if (link.length > longestLink) return undefined
  const match = /^qrscan:\/\/([a-z][a-z/-]*)(?:\/([0-9a-f-]{36}))?\/?$/.exec(link)
  if (match === null) return undefined
  const [, place = '', id] = match
  if (id === undefined) return pageCommand(place.replace(/\/$/, ''))
  if (!uuid.test(id)) return undefined
  if (place === 'qr-links') return { type: 'show-qr-link', id }
  return place === 'imports' ? { type: 'show-import', id } : undefined
}

function pageCommand(place: string): AppCommand | undefined {
  const page = appPages.find((name) => name === place)
  return page === undefined ? undefined : { type: 'show-page', page }
}

/** The first deep link among a process's words, which is where Windows and Linux put it. */
export function deepLinkIn(argv: readonly string[]): string | undefined {
  return argv.find((word) => word.startsWith('qrscan:'))
}

/** Spreadsheets among a process's words: double-clicked files, on Windows and Linux. */
export function filesIn(argv: readonly string[]): string[] {
  return argv.slice(1).filter((word) => /\.(?:csv|tsv|xlsx)$/i.test(word) && !word.startsWith('-'))
}
