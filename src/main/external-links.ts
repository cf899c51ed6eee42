export type ExternalUrl = { href: string; host: string; loopback: boolean }

/**
 * What may be handed to the user's browser: https without credentials, or plain http on this very machine.
 * Undefined for all else (`file:`, `javascript:`, `ms-msdt:` … would run programs).
 */
function readExternalUrl(url: string): ExternalUrl | undefined {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return undefined
  const { href, host, protocol, hostname } = parsed
  const loopback = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost')
  return loopback || protocol === 'https:' ? { href, host, loopback } : undefined
}

export interface ExternalOptions {
  /** Shows the host and asks. */
  confirm: (url: ExternalUrl) => Promise<boolean>
  open: (href: string) => Promise<void>
}

/** Answers false when the person said no. Throws for an address that is never opened. */
export async function openExternalUrl(url: string, { confirm, open }: ExternalOptions): Promise<boolean> {
  const external = readExternalUrl(url)
  if (external === undefined) throw new Error('Only https addresses are opened.')
  if (!external.loopback && !(await confirm(external))) return false
  await open(external.href)
  return true
}
