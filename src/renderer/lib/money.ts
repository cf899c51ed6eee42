import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

export interface MoneyFormat {
  /** `€12.50` from 1250 and `EUR`, as the person's locale writes it. */
  show: (minor: number) => string
  /** `12.50`, for a field: no currency, no grouping, always with a point. */
  plain: (minor: number) => string
  /** Minor units from what a person typed (`12.5`, `12,50`, `€12`); undefined where it is no amount. */
  read: (text: string) => number | undefined
}

/** How many digits a currency has after its point, from the tables that the browser carries (ISO 4217). */
function digitsOf(currency: string): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  return options.maximumFractionDigits ?? 2
}

export function makeMoney(locales: readonly string[], currency: string): MoneyFormat {
  const digits = digitsOf(currency)
  const format = new Intl.NumberFormat([...locales], { style: 'currency', currency })
  return {
    show: (minor) => format.format(minor / 10 ** digits),
    plain: (minor) => (minor / 10 ** digits).toFixed(digits),
    read: (text) => readMinor(text, digits),
  }
}

function readMinor(text: string, digits: number): number | undefined {
  const bare = text.replaceAll(/[^\d.,-]/g, '').replace(',', '.')
  if (!/^-?\d*\.?\d*$/.test(bare) || !/\d/.test(bare)) return undefined
  const [, fraction = ''] = bare.split('.')
  if (fraction.length > digits) return undefined
  return Math.round(Number(bare) * 10 ** digits)
}

/** Money of one currency in the person's form. */
export function useMoney(currency: string): MoneyFormat {
  const { i18n } = useLingui()
  return useMemo(
    () => makeMoney([i18n.locales ?? i18n.locale].flat(), currency),
    [i18n.locales, i18n.locale, currency],
  )
}
