import { describe, expect, it } from 'vitest'
import { makeFormats } from '#renderer/lib/format.ts'
import { fromLocalInput, toLocalInput } from '#renderer/lib/local-time.ts'

describe('numbers and dates', () => {
  const german = makeFormats(['de-DE'], 'Europe/Berlin')
  const american = makeFormats(['en-US'], 'America/New_York')

  it('follow the person’s locale and zone', () => {
    expect(german.number(1_234_567.5)).toBe('1.234.567,5')
    expect(american.number(1_234_567.5)).toBe('1,234,567.5')
    expect(german.dateTime('2026-11-23T23:30:00.000000Z')).toBe('24.11.2026, 00:30')
    expect(american.date('2026-11-24T02:30:00.000000Z')).toBe('Nov 23, 2026')
  })

  it('give sizes in the unit that reads best', () => {
    expect(american.bytes(0)).toBe('0 bytes')
    expect(american.bytes(999)).toBe('999 bytes')
    expect(american.bytes(155_500_000)).toBe('155.5 MB')
    expect(american.bytes(3_000_000_000_000)).toBe('3,000 GB')
  })

  it('tell how long ago something was', () => {
    const now = Date.parse('2026-11-23T12:00:00Z')
    expect(american.ago('2026-11-23T11:59:30Z', now)).toBe('30 seconds ago')
    expect(american.ago('2026-11-22T11:00:00Z', now)).toBe('yesterday')
    expect(american.ago('2024-11-22T11:00:00Z', now)).toBe('2 years ago')
  })
})

describe('a date-time field', () => {
  it('shows the instant that it was given, to the minute', () => {
    const shown = toLocalInput('2026-03-29T00:30:00.000000Z')
    expect(fromLocalInput(shown)).toBe('2026-03-29T00:30:00.000Z')
  })

  it('is empty for no date and gives none when empty or broken', () => {
    expect(toLocalInput(null)).toBe('')
    expect(fromLocalInput('')).toBeNull()
    expect(fromLocalInput('soon')).toBeNull()
  })
})
