import { describe, expect, it } from 'vitest'
import type { QrLink } from '#contract/qr-links.ts'
import { spanQuery } from '#renderer/features/qr-links/analytics-spans.ts'
import { changeOf, draftOf, newLinkOf } from '#renderer/features/qr-links/link-draft.ts'
import { statusOf } from '#renderer/features/qr-links/link-status.ts'
import { isFiltered, readQrLinkSearch } from '#renderer/features/qr-links/qr-link-search.ts'

const link: QrLink = {
  id: 'one',
  business_id: 'b',
  slug: 'menu',
  short_url: 'https://qrscan.ink/r/menu',
  destination_url: 'https://example.com/menu',
  title: null,
  campaign: 'Spring',
  tags: ['print'],
  notes: null,
  is_active: true,
  starts_at: null,
  expires_at: '2026-12-31T22:59:59.123456Z',
  scan_count: 3,
  last_scanned_at: null,
  style: {},
  import_id: null,
  created_at: '2026-11-23T09:30:00.000000Z',
  updated_at: '2026-11-23T09:30:00.000000Z',
}

describe('the form of a link', () => {
  it('sends only what was changed, so that others’ changes to other fields stay', () => {
    expect(changeOf(draftOf(link), link)).toEqual({})
    expect(changeOf({ ...draftOf(link), title: 'Menu', campaign: ' ' }, link)).toEqual({
      title: 'Menu',
      campaign: null,
    })
  })

  it('does not cut the seconds off a date that nobody touched', () => {
    expect(changeOf({ ...draftOf(link), notes: 'x' }, link)).not.toHaveProperty('expires_at')
  })

  it('leaves an empty slug to the server', () => {
    const draft = { ...draftOf(undefined), destination_url: ' https://example.com ' }
    expect(newLinkOf(draft, 'b')).not.toHaveProperty('slug')
    expect(newLinkOf(draft, 'b')).toMatchObject({ business_id: 'b', destination_url: 'https://example.com' })
  })
})

it('a link is shown as the server filters it', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  expect(statusOf(link, now)).toBe('active')
  expect(statusOf({ ...link, is_active: false, expires_at: '2020-01-01T00:00:00Z' }, now)).toBe('paused')
  expect(statusOf({ ...link, expires_at: '2026-11-23T12:00:00Z' }, now)).toBe('expired')
  expect(statusOf({ ...link, starts_at: '2026-11-23T12:00:01Z' }, now)).toBe('scheduled')
})

describe('the address of the list', () => {
  it('gives back the view it was saved from', () => {
    const search = {
      page: 3,
      per_page: 50,
      search: '2026',
      status: 'paused',
      tag: 'print',
      sort: '-scan_count',
    }
    expect(readQrLinkSearch({ ...search, search: 2026 })).toEqual(search)
  })

  it('loses what makes no sense', () => {
    expect(readQrLinkSearch({ page: -1, per_page: 7, status: 'lost', sort: 'title', tag: '' })).toEqual({})
  })

  it('counts an open panel as no filter', () => {
    expect(isFiltered(readQrLinkSearch({ panel: 'new', page: 2 }))).toBe(false)
    expect(isFiltered(readQrLinkSearch({ import_id: 'x' }))).toBe(true)
  })
})

it('a span ends at the coming full hour', () => {
  const query = spanQuery('week', Date.parse('2026-11-23T12:34:56Z'))
  expect(query).toEqual({ from: '2026-11-16T13:00:00.000Z', to: '2026-11-23T13:00:00.000Z', interval: 'day' })
})
