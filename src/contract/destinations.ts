import { whyNotPublic4, whyNotPublic6 } from './public-addresses.ts'
import { mixesScripts } from './scripts.ts'
import { toUnicodeHost } from './punycode.ts'

/** Longest destination, in characters. */
const MAX_DESTINATION_LENGTH = 2048

export interface DestinationFinding {
  code: string
  severity: 'error' | 'warning'
  message: string
  suggestion?: string
}

export interface DestinationOptions {
  /** Hosts under which our own short links live: a code that leads to one of them runs in a circle. */
  ownHosts?: readonly string[]
}

/** Last labels that never lead to a public host (RFC 6761, 6762, 7686, 8375, ICANN's name collisions). */
export const localSuffixes: readonly string[] = [
  'local',
  'localhost',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'lan',
  'home',
  'corp',
  'arpa',
  'test',
  'invalid',
  'example',
  'onion',
]

/**
 * What is wrong with a destination, worst first; an empty list for a good one. Looks nothing up: the check is
 * the same offline, on the server and in the page. Surrounding white space is not part of the destination.
 */
export function checkDestination(raw: string, options: DestinationOptions = {}): DestinationFinding[] {
  const text = raw.trim()
  const problem = checkText(text)
  if (problem !== null) return [problem]
  const url = URL.parse(text)
  if (url === null || url.hostname === '') return [unparseable(text)]
  const findings = [...checkScheme(url, text), ...checkHost(url)]
  return findings.length > 0 ? findings : warnings(url, options)
}

function error(code: string, message: string, suggestion?: string): DestinationFinding {
  return { code, severity: 'error', message, ...(suggestion === undefined ? {} : { suggestion }) }
}

function checkText(text: string): DestinationFinding | null {
  if (text === '')
    return error('destination_missing', 'There is no destination. Type the address the code should open.')
  if (text.length > MAX_DESTINATION_LENGTH) {
    return error('destination_too_long', `A destination has at most ${MAX_DESTINATION_LENGTH} characters.`)
  }
  // oxlint-disable-next-line no-control-regex
  if (!/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) return null
  const suggestion = text.replace(/\p{Cc}+/gu, '').replace(/\s+/g, '%20')
  const message = 'A destination cannot hold spaces, line breaks or control characters. Write a space as %20.'
  return error('destination_space', message, isGood(suggestion))
}

function unparseable(text: string): DestinationFinding {
  const suggestion = isGood(`https://${text.replace(/^[/:]+/, '')}`)
  const message = 'This is not a web address. It should look like https://example.com/page.'
  return suggestion === undefined
    ? error('destination_invalid', message)
    : error('destination_not_https', 'A destination starts with https://.', suggestion)
}

function checkScheme(url: URL, text: string): DestinationFinding[] {
  const findings: DestinationFinding[] = []
  if (url.protocol !== 'https:') {
    findings.push(
      error('destination_not_https', 'A destination must start with https://.', asHttps(url, text)),
    )
  } else if (!/^https:\/\/[^/]/i.test(text)) {
    findings.push(error('destination_invalid', 'This address is not written in full.', isGood(url.href)))
  }
  if (url.username !== '' || url.password !== '') {
    const bare = new URL(url)
    bare.username = ''
    bare.password = ''
    const message =
      'This address holds a user name or password that everyone who scans would get. Take it out.'
    findings.push(error('destination_credentials', message, isGood(bare.href)))
  }
  return findings
}

function asHttps(url: URL, text: string): string | undefined {
  if (url.protocol === 'http:' && url.port === '') return isGood(text.replace(/^http:[/\\]*/i, 'https://'))
  // `example.com:443/x` parses as a scheme called `example.com`.
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+:\d+(\/|$)/i.test(text) ? isGood(`https://${text}`) : undefined
}

function isGood(suggestion: string): string | undefined {
  if (suggestion.length > MAX_DESTINATION_LENGTH || !/^https:\/\/[^/\s]+/i.test(suggestion)) return undefined
  return checkDestination(suggestion).some((finding) => finding.severity === 'error') ? undefined : suggestion
}

function checkHost(url: URL): DestinationFinding[] {
  const host = url.hostname.replace(/\.$/, '')
  const reason = addressReason(host)
  if (reason !== null) {
    const message = `${host} ${reason}, so nobody outside can open it. Use an address on the public internet.`
    return [error('destination_not_public', message)]
  }
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) return []
  const labels = host.split('.')
  if (labels.length === 1) {
    return [error('destination_single_label', `"${host}" is not a full host name, such as example.com.`)]
  }
  if (labels.some((label) => label === '' || label.length > 63) || host.length > 253) {
    return [error('destination_invalid', `"${host}" is not a host name that can exist.`)]
  }
  if (!localSuffixes.includes(labels.at(-1) ?? '')) return []
  return [
    error('destination_local_name', `Names ending in .${labels.at(-1)} do not work on the public internet.`),
  ]
}

/** `URL` has already turned hex, octal and short spellings of IPv4 into dotted decimals. */
function addressReason(host: string): string | null {
  if (host.startsWith('[')) return whyNotPublic6(host.slice(1, -1))
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? whyNotPublic4(host) : null
}

function warnings(url: URL, options: DestinationOptions): DestinationFinding[] {
  const host = url.hostname.replace(/\.$/, '')
  const findings: DestinationFinding[] = []
  const warn = (code: string, message: string): void => {
    findings.push({ code, severity: 'warning', message })
  }
  if (/(^|\.)xn--/.test(host)) {
    const shown = toUnicodeHost(host)
    warn('destination_idn', `This host is written with letters beyond a to z: ${shown} (${host}).`)
    if (shown.split('.').some(mixesScripts)) {
      warn('destination_mixed_script', `${shown} mixes alphabets and may imitate another site. Check it.`)
    }
  }
  if (url.port !== '') warn('destination_port', `Port ${url.port} is unusual; some networks block it.`)
  if (
    options.ownHosts?.some((own) => own.toLowerCase() === host || own.toLowerCase() === url.host) === true
  ) {
    warn(
      'destination_own_domain',
      'This leads to one of your own short links, so the code may run in a circle.',
    )
  }
  return findings
}
