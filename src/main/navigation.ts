import { app, type Session, type WebContents } from 'electron'
import { pagePath } from '#contract/page-policy.ts'
import { appOrigin, isAppUrl } from './app-origin.ts'
import { recoveryActions, type RecoveryAction } from './recovery-page.ts'

export interface NavigationOptions {
  /** A link of the page that leads out of the app. */
  onExternal: (url: string) => void
  onRecovery: (action: RecoveryAction) => void
}

/** Addresses the window may show: pages of our own origin, never the API. */
function isPageUrl(url: string): boolean {
  if (!isAppUrl(url)) return false
  const { pathname } = new URL(url)
  return pagePath.test(pathname) && !/^\/(?:api|local|r|opened-files|recovery)(?:\/|$)/.test(pathname)
}

/** The rules for every web contents there will ever be, also ones nobody meant to make. */
export function setupNavigation(options: NavigationOptions): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, options))
}

function guardContents(contents: WebContents, { onExternal, onRecovery }: NavigationOptions): void {
  contents.on('will-navigate', (event) => {
    const action = recoveryActionOf(event.url)
    if (action !== undefined || !isPageUrl(event.url)) event.preventDefault()
    if (action !== undefined && isAppUrl(contents.getURL())) onRecovery(action)
  })
  contents.on('will-frame-navigate', (event) => {
    // The main frame has its own event, above; this one may come before it.
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isAppUrl(contents.getURL())) onExternal(url)
    return { action: 'deny' }
  })
}

function recoveryActionOf(url: string): RecoveryAction | undefined {
  if (!isAppUrl(url)) return undefined
  const actions: Readonly<Record<string, RecoveryAction>> = recoveryActions
  const { pathname } = new URL(url)
  return Object.hasOwn(actions, pathname) ? actions[pathname] : undefined
}

const permitted: readonly string[] = ['clipboard-sanitized-write', 'notifications']

/** The camera scans barcodes; nothing here listens. */
function isCamera(permission: string, media: readonly (string | undefined)[] = []): boolean {
  return permission === 'media' && media.length > 0 && media.every((one) => one === 'video')
}

/** Both handlers, as Electron asks for: one is for requests, the other for checks that ask nobody. */
export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? details.mediaTypes : []
    const may = permitted.includes(permission) || isCamera(permission, media)
    callback(may && details.isMainFrame && isAppUrl(details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, { mediaType }) => {
    const may = permitted.includes(permission) || isCamera(permission, [mediaType])
    return may && requestingOrigin.replace(/\/$/, '') === appOrigin
  })
  session.setDevicePermissionHandler(() => false)
}
