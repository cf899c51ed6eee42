import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

export interface Formats {
  number: (value: number) => string
  /** `12.4 MB`, in powers of ten as file managers count. */
  bytes: (value: number) => string
  percent: (share: number) => string
  date: (iso: string) => string
  dateTime: (iso: string) => string
  /** `3 hours ago`; `now` in milliseconds. */
  ago: (iso: string, now: number) => string
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

const steps: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, 'second', 1],
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
  [2_592_000, 'day', 86_400],
  [31_536_000, 'month', 2_592_000],
  [Infinity, 'year', 31_536_000],
]

/** Numbers and dates as the person's locale writes them; `timeZone` defaults to the system's. */
export function makeFormats(locales: readonly string[], timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone }
  const list = [...locales]
  const number = new Intl.NumberFormat(list)
  const percent = new Intl.NumberFormat(list, { style: 'percent', maximumFractionDigits: 1 })
  const date = new Intl.DateTimeFormat(list, { dateStyle: 'medium', ...zone })
  const dateTime = new Intl.DateTimeFormat(list, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  const relative = new Intl.RelativeTimeFormat(list, { numeric: 'auto' })
  return {
    number: (value) => number.format(value),
    bytes: (value) => formatBytes(list, value),
    percent: (share) => percent.format(share),
    date: (iso) => date.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    ago: (iso, now) => {
      const seconds = (Date.parse(iso) - now) / 1000
      const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit) ?? steps[0]!
      return relative.format(Math.trunc(seconds / size), unit)
    },
  }
}

function formatBytes(locales: string[], value: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), byteUnits.length - 1)
  const options: Intl.NumberFormatOptions = {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }
  return new Intl.NumberFormat(locales, options).format(value / 1000 ** power)
}

export function useFormats(): Formats {
  const { i18n } = useLingui()
  return useMemo(() => makeFormats([i18n.locales ?? i18n.locale].flat()), [i18n.locales, i18n.locale])
}
