import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Slow and oversized senders are let go; see the guard's tests. */
const limits = {
  headersTimeout: 4_000,
  connectionsCheckingInterval: 500,
  maxHeaderSize: 16_384,
  keepAliveTimeout: 5_000,
  // An upload takes as long as it takes; its route watches for a stalled one itself, JSON bodies have a timer.
  requestTimeout: 0,
}

/** Makes the HTTP server. `first` sees every request before the routes do and answers it, or leaves it untouched. */
export function makeListener(first: (request: IncomingMessage, response: ServerResponse) => boolean) {
  return (handler: Handler): Server =>
    createServer(limits, (request, response) => {
      if (!first(request, response)) handler(request, response)
    })
}
