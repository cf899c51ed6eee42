import type { ReadElement } from './reading.ts'

const units: Record<string, string> = {
  '310': 'kg',
  '311': 'm',
  '312': 'm',
  '313': 'm',
  '314': 'm²',
  '315': 'l',
  '316': 'm³',
  '320': 'lb',
  '321': 'in',
  '322': 'ft',
  '323': 'yd',
  '324': 'in',
  '325': 'ft',
  '326': 'yd',
  '327': 'in',
  '328': 'ft',
  '329': 'yd',
  '330': 'kg',
  '331': 'm',
  '332': 'm',
  '333': 'm',
  '334': 'm²',
  '335': 'l',
  '336': 'm³',
  '337': 'kg/m²',
  '340': 'lb',
  '341': 'in',
  '342': 'ft',
  '343': 'yd',
  '344': 'in',
  '345': 'ft',
  '346': 'yd',
  '347': 'in',
  '348': 'ft',
  '349': 'yd',
  '350': 'in²',
  '351': 'ft²',
  '352': 'yd²',
  '353': 'in²',
  '354': 'ft²',
  '355': 'yd²',
  '356': 'oz t',
  '357': 'oz',
  '360': 'qt',
  '361': 'gal',
  '362': 'qt',
  '363': 'gal',
  '364': 'in³',
  '365': 'ft³',
  '366': 'yd³',
  '367': 'in³',
  '368': 'ft³',
  '369': 'yd³',
  '394': '%',
  '395': '',
}

/** The currencies that are met most, ISO 4217; another one is shown by its number. */
const currencies: Record<string, string> = {
  '036': 'AUD',
  '124': 'CAD',
  '156': 'CNY',
  '203': 'CZK',
  '208': 'DKK',
  '344': 'HKD',
  '348': 'HUF',
  '356': 'INR',
  '376': 'ILS',
  '392': 'JPY',
  '410': 'KRW',
  '484': 'MXN',
  '554': 'NZD',
  '578': 'NOK',
  '643': 'RUB',
  '682': 'SAR',
  '702': 'SGD',
  '710': 'ZAR',
  '752': 'SEK',
  '756': 'CHF',
  '784': 'AED',
  '826': 'GBP',
  '840': 'USD',
  '946': 'RON',
  '949': 'TRY',
  '975': 'BGN',
  '978': 'EUR',
  '980': 'UAH',
  '985': 'PLN',
  '986': 'BRL',
}

/**
 * A value for people: dates as ISO 8601 (a month alone where the day is 00), measures with decimals and unit, amounts
 * with currency. What is malformed is shown as it is. `year` is the one that two-digit years are reckoned from.
 */
export function displayValue({ ai, entry, value }: ReadElement, year: number): string {
  if (entry && /^433[0-3]$/.test(ai) && /^\d{6}-?$/.test(value)) return temperature(value, ai)
  if (!entry || !/^\d+$/.test(value)) return value
  const measure = ai.length === 4 ? units[ai.slice(0, 3)] : undefined
  const decimals = Number(ai[3])
  if (measure !== undefined) return `${withDecimals(value, decimals)} ${measure}`.trim()
  if (ai.length === 4 && /^39[02]/.test(ai)) return withDecimals(value, decimals)
  if (ai.length === 4 && /^39[13]/.test(ai) && value.length > 3) {
    const currency = value.slice(0, 3)
    return `${withDecimals(value.slice(3), decimals)} ${currencies[currency] ?? currency}`
  }
  return displayDate(entry.components.map(({ linters }) => linters).flat(), value, year) ?? value
}

/** `001250` with 2 decimals → `12.50`. */
function withDecimals(digits: string, decimals: number): string {
  const filled = digits.padStart(decimals + 1, '0')
  const whole = filled.slice(0, filled.length - decimals).replace(/^0+(?=\d)/, '')
  return decimals === 0 ? whole : `${whole}.${filled.slice(-decimals)}`
}

function temperature(value: string, ai: string): string {
  const minus = value.endsWith('-') ? '-' : ''
  return `${minus}${withDecimals(value.slice(0, 6), 2)} ${ai === '4330' || ai === '4332' ? '°F' : '°C'}`
}

function displayDate(linters: readonly string[], value: string, year: number): string | undefined {
  const first = linters[0]
  if (first === 'yyyymmdd' || first === 'yyyymmd0') return isoDay(value.slice(0, 4), value.slice(4))
  if (first !== 'yymmdd' && first !== 'yymmd0') return undefined
  const from = isoDay(fullYear(value.slice(0, 2), year), value.slice(2, 6))
  const rest = value.slice(6)
  if (rest === '') return from
  if (linters[1] === 'yymmdd' || linters[1] === 'yymmd0') {
    return `${from}/${isoDay(fullYear(rest.slice(0, 2), year), rest.slice(2))}`
  }
  return `${from}T${rest.length === 2 ? `${rest}:00` : (rest.match(/../g) ?? []).join(':')}`
}

function isoDay(year: string, rest: string): string {
  const [month, day] = [rest.slice(0, 2), rest.slice(2, 4)]
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`
}

/** GS1's window: 51 years or more ahead is the century before, 50 or more behind is the next one. */
function fullYear(two: string, year: number): string {
  const century = year - (year % 100)
  const ahead = Number(two) - (year % 100)
  const full = century + Number(two) - (ahead >= 51 ? 100 : ahead <= -50 ? -100 : 0)
  return String(full).padStart(4, '0')
}
