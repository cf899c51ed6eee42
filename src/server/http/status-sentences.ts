const sentences: Record<number, string> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Taken on.',
  204: 'Done; there is nothing to send back.',
  400: 'The request cannot be read; the message says where it breaks.',
  401: 'No token, or one that is unknown, expired or revoked.',
  403: 'The token may not do this, or the request came from another site.',
  404: 'There is no such thing within what the token may see.',
  405: 'The path takes other methods; see Allow.',
  409: 'It cannot be done in the present state, or a twin of the request is still running.',
  412: 'It was changed since the ETag in If-Match.',
  413: 'The body is too large.',
  415: 'The body is of a type this endpoint does not take.',
  421: 'The server does not answer to the host name in the request.',
  422: 'Something in the input is not right; nothing was saved.',
  429: 'Too many attempts; Retry-After says how long to wait.',
  500: 'Something broke on our side; the request id finds it in the log.',
}

/** What a status means to a caller, for the OpenAPI document. */
export function sentenceOf(status: number): string {
  return sentences[status] ?? `Status ${status}.`
}
