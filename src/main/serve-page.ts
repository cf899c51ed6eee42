import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { protocol } from 'electron'
import { appScheme } from './app-origin.ts'
import type { Desktop } from './desktop.ts'
import { readPageMap } from './page-map.ts'
import { createPageProtocol } from './page-protocol.ts'

/** Answers `app://bundle` in the window. */
export function setupPage({ folder, server, opened, window }: Desktop): void {
  const pages = createPageProtocol({
    files: readPageMap(join(folder, '../renderer')),
    target: () => server.target,
    failure: () => (server.state.state === 'failed' ? server.state.message : undefined),
    openedFile: (id) => opened.open(id),
    makeNonce: () => randomBytes(16).toString('base64'),
    fetch: globalThis.fetch,
  })
  protocol.handle(appScheme, pages.handle)
  window.onPageGone(pages.closeStreams)
}
