/** Where the window's page lives. Its own scheme keeps it apart from every site and from other local servers. */
export const appScheme = 'app'
export const appHost = 'bundle'
export const appOrigin = `${appScheme}://${appHost}`

/** Compares parsed parts: `app://bundle.evil`, `app://bundle@evil` and `APP://bundle:1` are not ours. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${appScheme}:` &&
    parsed.host === appHost &&
    parsed.username === '' &&
    parsed.password === ''
  )
}
