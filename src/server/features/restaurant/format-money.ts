/** Minor units as people write them, in the currency's own number of places. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const places = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** places)
}

/** Minor units as machines write them, `12.50`, exactly: no arithmetic on fractions. */
export function decimalOf(minor: number, currency: string): string {
  const places =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const digits = String(Math.abs(minor)).padStart(places + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
