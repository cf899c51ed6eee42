import type { ShownPage } from './resolver-parts.ts'

/** What goes back, before it is an HTTP answer. */
export interface Answer {
  status: number
  headers: Record<string, string>
  /** Bytes where a charset would be added that the type does not have. */
  body: string | Buffer | undefined
}

/** Nobody keeps an answer under a recall; without one it is asked for again each time, as a recall may come. */
export type Freshness = 'no-store' | 'no-cache'

export function answerPage(status: number, { html, policy }: ShownPage, freshness: Freshness): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': freshness,
      'Referrer-Policy': 'no-referrer',
    },
    body: html,
  }
}

export function answerJson(status: number, type: string, value: unknown, freshness: Freshness): Answer {
  const headers = { 'Content-Type': type, 'Cache-Control': freshness }
  return { status, headers, body: Buffer.from(JSON.stringify(value)) }
}

/** `href` is an address as URL writes it, in ASCII: a header can hold nothing else. */
export function answerRedirect(status: 303 | 307, href: string, freshness: Freshness): Answer {
  return { status, headers: { Location: href, 'Cache-Control': freshness }, body: undefined }
}
