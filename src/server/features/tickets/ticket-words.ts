import type { Allergen } from '#contract/allergens.ts'
import type { Ticket } from '#contract/ticket.ts'

export const serviceWords: Readonly<Record<Ticket['service_type'], string>> = {
  dine_in: 'Dine in',
  takeaway: 'Takeaway',
  delivery: 'Delivery',
}

export function allergenWords(allergens: readonly Allergen[]): string {
  return allergens.map((allergen) => allergen.toUpperCase()).join(', ')
}

/** How a ticket writes amounts: plain on a line, with the currency where it is a total. */
export interface MoneyWords {
  plain: (minorUnits: number) => string
  full: (minorUnits: number) => string
}

export function moneyWords(locale: string, currency: string): MoneyWords {
  const full = numberFormat(locale, { style: 'currency', currency })
  const digits = full.resolvedOptions().maximumFractionDigits ?? 2
  const plain = numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const scale = 10 ** digits
  return { plain: (units) => plain.format(units / scale), full: (units) => full.format(units / scale) }
}

/** A locale or currency that nobody knows must not keep a ticket from being printed. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, options)
  } catch {
    return new Intl.NumberFormat('en', { ...options, ...(options.currency ? { currency: 'XXX' } : {}) })
  }
}

/** The day and the time of day in the ticket's zone, 24 hours: `23 Nov 2026` and `12:30`. */
export interface TimeWords {
  date: (timestamp: string) => string
  time: (timestamp: string) => string
}

export function timeWords({ locale, timezone }: Pick<Ticket, 'locale' | 'timezone'>): TimeWords {
  const day = dateFormat(locale, timezone, { year: 'numeric', month: 'short', day: 'numeric' })
  const clock = dateFormat(locale, timezone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    date: (timestamp) => day.format(new Date(timestamp)),
    time: (timestamp) => clock.format(new Date(timestamp)),
  }
}

function dateFormat(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' })
  }
}
