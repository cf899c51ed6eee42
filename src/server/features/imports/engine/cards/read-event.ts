import { cardLimits, longestReminder, timeZoneProblem } from '#contract/card-rules.ts'
import type { EventCard } from '#contract/wallet-passes.ts'
import { readBoolean } from '../cell-values.ts'
import type { CardCells } from './card-cells.ts'
import { readEventTime, type EventMoment } from './event-time.ts'

/** The event of a row: only what its cells hold. A day without a time is a whole day. */
export function readEvent(row: CardCells): EventCard {
  const zone = readZone(row)
  const starts = readTime(row, 'starts_at', zone)
  const ends = readTime(row, 'ends_at', zone)
  if (row.cell('starts_at') === '') row.add('starts_at', 'starts_at_missing', 'Say when the event starts.')
  if (starts && ends && ends.at < starts.at) {
    row.add('ends_at', 'ends_before_start', 'The event ends before it starts. Choose a later end.')
  }
  const isAllDay = readAllDay(row) ?? (starts?.isDay === true && ends?.isDay !== false)
  const [mail, website, address] = [row.mail('organizer_email'), row.website(), row.address()]
  const [reminder, description] = [readReminder(row), row.limited('note', cardLimits.description)]
  return {
    starts_at: starts?.at ?? '',
    ...(ends && { ends_at: ends.at }),
    ...(isAllDay && { is_all_day: true }),
    ...(zone !== undefined && { timezone: zone }),
    ...row.texts('location', 'organizer'),
    ...(address && { address }),
    ...(mail !== undefined && { organizer_email: mail }),
    ...(website !== undefined && { website }),
    ...(description !== undefined && { description }),
    ...(reminder !== undefined && { reminder_minutes: reminder }),
  }
}

function readZone(row: CardCells): string | undefined {
  const zone = row.text('timezone')
  const problem = zone === undefined ? undefined : timeZoneProblem(zone)
  if (problem === undefined) return zone
  row.add('timezone', 'zone_invalid', problem)
  return undefined
}

function readTime(
  row: CardCells,
  field: 'starts_at' | 'ends_at',
  zone: string | undefined,
): EventMoment | undefined {
  const text = row.cell(field)
  if (text === '') return undefined
  const reading = readEventTime(text, zone)
  if ('code' in reading) {
    const problem =
      reading.code === 'date_invalid'
        ? 'This is no date with a time.'
        : 'The order of day and month is not certain.'
    row.add(field, reading.code, `${problem} Write such as 2026-12-31 19:30.`, reading.suggestion)
    return undefined
  }
  if (reading.lacksZone && row.cell('timezone') === '') {
    const message =
      'This time has no zone and is taken as UTC. Add a column timezone, such as Europe/Amsterdam, or write 19:30+01:00.'
    row.add(field, 'zone_missing', message)
  }
  return reading
}

function readAllDay(row: CardCells): boolean | undefined {
  const text = row.cell('is_all_day')
  const value = readBoolean(text)
  if (text !== '' && value === undefined) {
    row.add('is_all_day', 'boolean_invalid', 'Write yes or no (true, false, 1 and 0 work too).')
  }
  return value
}

function readReminder(row: CardCells): number | undefined {
  const text = row.cell('reminder_minutes')
  if (text === '') return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) <= longestReminder) return Number(text)
  const message = `Write the minutes before the start, a number from 0 to ${longestReminder}.`
  row.add('reminder_minutes', 'reminder_invalid', message)
  return undefined
}
