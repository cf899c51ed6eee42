import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pageFileTypes } from '#contract/page-policy.ts'

/** The guest page's own policy: this door, its own files, and a logo that comes as data. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** No Cross-Origin-Opener-Policy: over plain http browsers ignore it, and say so in the console. */
const headers = {
  'Content-Security-Policy': policy,
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/** Names of built files carry a hash of what is in them. */
const hashed = /^\/assets\/.*-[\w-]{8}\.\w+$/

interface GuestFile {
  type: string
  body: Buffer
  /** For a Wi-Fi that a full house shares. */
  packed: Buffer
}

/** The built guest page, read at the start: a request is looked up, never resolved to a path. */
export class GuestFiles {
  private readonly files = new Map<string, GuestFile>()

  constructor(folder: string | undefined) {
    if (folder !== undefined) this.collect(folder, '/')
  }

  private collect(folder: string, prefix: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const url = posix.join(prefix, entry.name)
      if (entry.isDirectory()) this.collect(path, url)
      else {
        const type = pageFileTypes[extname(entry.name)] ?? 'application/octet-stream'
        const body = readFileSync(path)
        this.files.set(url, { type, body, packed: gzipSync(body) })
      }
    }
  }

  /** The page itself, whatever table it is opened for. */
  servePage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const page = this.files.get('/guest.html')
    if (!page) return missing(reply)
    return send(request, reply.header('Cache-Control', 'no-cache'), page)
  }

  /** What the page is made of; everything else is not there. */
  serveFile(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = request.url.split('?', 1)[0] ?? '/'
    const file = this.files.get(path)
    if (!file || path.endsWith('.html') || (request.method !== 'GET' && request.method !== 'HEAD'))
      return missing(reply)
    const caching = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
    return send(request, reply.header('Cache-Control', caching), file)
  }
}

function send(request: FastifyRequest, reply: FastifyReply, { type, body, packed }: GuestFile): FastifyReply {
  const takesPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  reply.headers({ ...headers, Vary: 'Accept-Encoding' }).type(type)
  return takesPacked ? reply.header('Content-Encoding', 'gzip').send(packed) : reply.send(body)
}

function missing(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .headers(headers)
    .type('text/plain; charset=utf-8')
    .send('There is nothing here. Scan the code on your table again, or ask the staff.\n')
}
