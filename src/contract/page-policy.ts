/** Addresses of the page's own routes; they all get index.html. */
export const pagePath = /^\/(?:[a-z0-9-]+(?:\/[a-z0-9-]+)*\/?)?$/

/** Media types of the built page's files, by their ending. */
export const pageFileTypes: Readonly<Record<string, string>> = {
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

/** The policy of the page, the same in the window and in a browser (docs/decisions/0004-loopback-guard.md). */
export function pageHeaders(nonce: string | undefined): Record<string, string> {
  const style = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      // The reader of barcodes is WebAssembly from our own files; eval stays shut.
      "script-src 'self' 'wasm-unsafe-eval'",
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
      // One policy, which takes one address: the thread that reads barcodes.
      'trusted-types field-scanner',
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}
