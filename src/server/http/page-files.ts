import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, posix } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

interface PageFile {
  type: string
  body: Buffer
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
}

/**
 * Serves the built page from a map made at the start: a request is looked up, never resolved to a path, so there is
 * nothing to traverse. Paths of the page's own routes get index.html with a fresh nonce.
 */
export class PageFiles {
  private readonly files = new Map<string, PageFile>()
  private readonly index: string | undefined

  constructor(folder: string | undefined) {
    if (folder !== undefined) this.collect(folder, '/')
    this.index = this.files.get('/index.html')?.body.toString('utf8')
  }

  private collect(folder: string, prefix: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const url = posix.join(prefix, entry.name)
      if (entry.isDirectory()) this.collect(path, url)
      else
        this.files.set(url, {
          type: types[extname(entry.name)] ?? 'application/octet-stream',
          body: readFileSync(path),
        })
    }
  }

  /** The handler for everything that no other route takes. */
  serve(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = request.url.split('?', 1)[0] ?? '/'
    const file = path === '/index.html' ? undefined : this.files.get(path)
    if (file && request.method === 'GET') {
      return reply
        .headers({ ...pageHeaders(undefined), 'Content-Type': file.type, 'Cache-Control': 'no-cache' })
        .send(file.body)
    }
    const isPage = /^\/(?:[a-z0-9-]+(?:\/[a-z0-9-]+)*\/?)?$/i.test(path)
    if (!isPage || this.index === undefined || request.method !== 'GET') {
      return reply
        .code(404)
        .headers(pageHeaders(undefined))
        .type('text/plain; charset=utf-8')
        .send('There is nothing here.\n')
    }
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({ ...pageHeaders(nonce), 'Cache-Control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(this.index.replaceAll('__CSP_NONCE__', nonce))
  }
}

/** The policy of the page (docs/decisions/0004-loopback-guard.md). */
export function pageHeaders(nonce: string | undefined): Record<string, string> {
  const style = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${style}`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "media-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  }
}
