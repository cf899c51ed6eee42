import type { IncomingHttpHeaders } from 'node:http'

/** What is kept of who scanned: nothing that tells one person from another. */
export interface ScanSource {
  device: string
  language: string | null
  referrerHost: string | null
}

/** Reads kind of device, main language and referring host from a request's headers. */
export function scanSourceOf(headers: IncomingHttpHeaders): ScanSource {
  const { referer } = headers
  return {
    device: deviceOf(headers['user-agent'] ?? ''),
    language: languageOf(headers['accept-language']),
    referrerHost: referer === undefined ? null : URL.parse(referer)?.hostname || null,
  }
}

function languageOf(header: string | undefined): string | null {
  if (header === undefined) return null
  return /^\s*([a-z]{2,3})\b/i.exec(header)?.[1]?.toLowerCase() ?? null
}

function deviceOf(agent: string): string {
  if (/bot|crawl|spider|preview|curl|wget|facebookexternalhit/i.test(agent)) return 'bot'
  if (/iphone|ipad|ipod/i.test(agent)) return 'ios'
  if (/android/i.test(agent)) return 'android'
  if (/windows|macintosh|x11|cros/i.test(agent)) return 'desktop'
  return 'other'
}
