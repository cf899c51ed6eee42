import type { EventCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import { safeUri, writeLines, type ContentLine } from './content-lines.ts'
import { basicTime } from './vcard.ts'

/**
 * An event as iCalendar (RFC 5545): one VEVENT with a UID that stays, times in UTC, so that no VTIMEZONE is needed, and
 * no METHOD, since it is no invitation.
 */
export function writeIcalendar(pass: WalletPass, link?: string): string {
  const event = pass.event
  if (!event) throw new TypeError('A contact is no event.')
  return writeLines([
    { name: 'BEGIN', value: { raw: 'VCALENDAR' } },
    { name: 'VERSION', value: { raw: '2.0' } },
    { name: 'PRODID', value: { raw: '-//QRScan//QRScan desktop//EN' } },
    { name: 'CALSCALE', value: { raw: 'GREGORIAN' } },
    { name: 'BEGIN', value: { raw: 'VEVENT' } },
    { name: 'UID', value: { raw: `${pass.id}@qrscan.ink` } },
    { name: 'DTSTAMP', value: { raw: basicTime(pass.updated_at) } },
    ...timeLines(event),
    { name: 'SUMMARY', value: { text: pass.title } },
    ...given('DESCRIPTION', [pass.subtitle, event.description].filter(Boolean).join('\n\n')),
    ...given('LOCATION', placeOf(event)),
    ...organizerLines(event),
    ...webLine(event.website ?? link),
    ...alarmLines(pass, event),
    { name: 'END', value: { raw: 'VEVENT' } },
    { name: 'END', value: { raw: 'VCALENDAR' } },
  ])
}

function given(name: string, text: string): ContentLine[] {
  return text === '' ? [] : [{ name, value: { text } }]
}

function timeLines({ starts_at, ends_at, is_all_day, timezone }: EventCard): ContentLine[] {
  if (is_all_day !== true) {
    const start: ContentLine = { name: 'DTSTART', value: { raw: basicTime(starts_at) } }
    return ends_at ? [start, { name: 'DTEND', value: { raw: basicTime(ends_at) } }] : [start]
  }
  const zone = timezone ?? 'UTC'
  const first = dayOf(starts_at, zone)
  // DTEND of whole days is the day after the last.
  const last = dayAfter(dayOf(ends_at ?? starts_at, zone))
  const parameters = { VALUE: 'DATE' }
  return [
    { name: 'DTSTART', parameters, value: { raw: first } },
    { name: 'DTEND', parameters, value: { raw: last } },
  ]
}

function dayOf(timestamp: string, timeZone: string): string {
  const form = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return form.format(new Date(timestamp)).replaceAll('-', '')
}

function dayAfter(day: string): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].map(Number)
  return new Date(Date.UTC(year!, month! - 1, date! + 1)).toISOString().slice(0, 10).replaceAll('-', '')
}

function placeOf({ location, address }: EventCard): string {
  return [location, ...lineOf(address)].filter(Boolean).join(', ')
}

function lineOf(address: PostalAddress | null | undefined): (string | null | undefined)[] {
  if (!address) return []
  const town = [address.postal_code, address.city].filter(Boolean).join(' ')
  return [address.street, town, address.region, address.country]
}

/** A calendar takes an organizer by a mail address alone; without one the name is that of whom to ask. */
function organizerLines({ organizer, organizer_email }: EventCard): ContentLine[] {
  const uri = organizer_email ? safeUri(`mailto:${organizer_email}`, ['mailto:']) : undefined
  if (uri === undefined) return given('CONTACT', organizer ?? '')
  return [{ name: 'ORGANIZER', ...(organizer && { parameters: { CN: organizer } }), value: { raw: uri } }]
}

function webLine(address: string | undefined): ContentLine[] {
  const uri = address === undefined ? undefined : safeUri(address, ['https:', 'http:'])
  return uri === undefined ? [] : [{ name: 'URL', value: { raw: uri } }]
}

function alarmLines({ title }: WalletPass, { reminder_minutes }: EventCard): ContentLine[] {
  if (reminder_minutes === null || reminder_minutes === undefined) return []
  return [
    { name: 'BEGIN', value: { raw: 'VALARM' } },
    { name: 'ACTION', value: { raw: 'DISPLAY' } },
    { name: 'TRIGGER', value: { raw: `-PT${reminder_minutes}M` } },
    { name: 'DESCRIPTION', value: { text: title } },
    { name: 'END', value: { raw: 'VALARM' } },
  ]
}
