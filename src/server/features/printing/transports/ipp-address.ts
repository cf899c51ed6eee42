/** Where an IPP printer is, in both of its names. */
export interface IppPlace {
  /** `http:` or `https:`, with the port written. */
  url: URL
  /** `ipp://…` as requests name it (RFC 8011, section 4.1.5). */
  printerUri: string
}

/**
 * `ipp://`, `ipps://`, `http://` and `https://` addresses; port 631 unless one is written (RFC 3510, section 3).
 * Undefined for anything else, and for an address that carries a password.
 */
export function readIppAddress(address: string): IppPlace | undefined {
  const [, scheme = '', rest = ''] = /^(ipps?|https?):\/\/([^\s\\]+)$/i.exec(address) ?? []
  const isSecure = /^(ipps|https)$/i.test(scheme)
  // A URL drops its scheme's own port, and these are not special schemes: both are read as http.
  const url = URL.parse(`http://${rest}`)
  if (scheme === '' || url === null || url.hostname === '') return undefined
  if (url.username !== '' || url.password !== '' || url.hash !== '' || url.port === '0') return undefined
  const written = /^[^/?]*:(\d+)(?:[/?]|$)/.exec(rest)?.[1]
  const port = written ?? '631'
  const place = `${url.hostname}:${port}${url.pathname}${url.search}`
  const http = URL.parse(`${isSecure ? 'https' : 'http'}://${place}`)
  return http === null ? undefined : { url: http, printerUri: `${isSecure ? 'ipps' : 'ipp'}://${place}` }
}
