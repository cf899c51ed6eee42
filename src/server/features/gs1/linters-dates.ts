import { nonDigit, whole, type Check, type Flaw } from './flaw.ts'

function twoDigits(value: string, at: number): number {
  return (value.charCodeAt(at) - 48) * 10 + value.charCodeAt(at + 1) - 48
}

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A date of two or four digits of year; with `isDayOptional` day 00 stands for the month. */
function checkDate(value: string, yearDigits: 2 | 4, isDayOptional: boolean): Flaw | undefined {
  const length = yearDigits + 4
  if (value.length < length) return whole('date_too_short', value)
  if (value.length > length) return whole('date_too_long', value)
  const wrong = nonDigit(value)
  if (wrong) return wrong
  const month = twoDigits(value, yearDigits)
  if (month < 1 || month > 12) return { code: 'illegal_month', at: yearDigits, length: 2 }
  const day = twoDigits(value, yearDigits + 2)
  // Among two digits every fourth year is a leap year: 00 is 2000.
  const year = Number(value.slice(0, yearDigits))
  const isLeap = year % 4 === 0 && (yearDigits === 2 || year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && isLeap ? 29 : days[month - 1]!
  if (day > last || (day === 0 && !isDayOptional)) {
    return { code: 'illegal_day', at: yearDigits + 2, length: 2 }
  }
  return undefined
}

function checkPart(value: string, name: 'hour' | 'minute' | 'second', most: number): Flaw | undefined {
  if (value.length < 2) return whole(`${name}_too_short`, value)
  if (value.length > 2) return whole(`${name}_too_long`, value)
  return nonDigit(value) ?? (twoDigits(value, 0) > most ? whole(`illegal_${name}`, value) : undefined)
}

function checkTime(value: string): Flaw | undefined {
  if (value.length < 4) return whole('time_too_short', value)
  if (value.length > 4) return whole('time_too_long', value)
  const wrong = nonDigit(value)
  if (wrong) return wrong
  if (twoDigits(value, 0) > 23) return { code: 'illegal_hour', at: 0, length: 2 }
  return twoDigits(value, 2) > 59 ? { code: 'illegal_minute', at: 2, length: 2 } : undefined
}

export const dateChecks = {
  yymmdd: (value) => checkDate(value, 2, false),
  yymmd0: (value) => checkDate(value, 2, true),
  yyyymmdd: (value) => checkDate(value, 4, false),
  yyyymmd0: (value) => checkDate(value, 4, true),
  hh: (value) => checkPart(value, 'hour', 23),
  mi: (value) => checkPart(value, 'minute', 59),
  ss: (value) => checkPart(value, 'second', 59),
  hhmi: checkTime,
} satisfies Record<string, Check>
