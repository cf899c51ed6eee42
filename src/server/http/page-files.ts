import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, posix } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageFileTypes, pageHeaders, pagePath } from '#contract/page-policy.ts'

interface PageFile {
  type: string
  body: Buffer
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
          type: pageFileTypes[extname(entry.name)] ?? 'application/octet-stream',
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
    const isPage = pagePath.test(path)
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
