import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { changeQrLink, createQrLink } from '#contract/qr-links.ts'
import { applyEvent } from '#renderer/app/live-events.ts'
import { businessesQuery } from '#renderer/features/businesses/queries.ts'
import { importKey, importQuery } from '#renderer/features/imports/queries.ts'
import { actOnAll } from '#renderer/features/qr-links/bulk-actions.ts'
import { facetsQuery, imageQuery, linkQuery, linksQuery } from '#renderer/features/qr-links/queries.ts'
import type { Api } from '#renderer/lib/api.tsx'
import { tokensQuery } from '#renderer/features/tokens/queries.ts'
import { startTestServer } from '#test/support/server.ts'

async function page() {
  const server = await startTestServer()
  const api: Api = { ...server.window, baseUrl: server.server.url, token: () => server.bearer }
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const [business] = await queries.fetchQuery(businessesQuery(api))
  if (!business) throw new Error('A fresh data folder has no business.')
  const make = async (slug: string) => {
    const body = { slug, destination_url: 'https://example.com/', campaign: 'Spring' }
    return (await api.call(createQrLink, { body })).qr_link
  }
  return { server, api, queries, business, make, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describe('the page’s queries against the server', () => {
  it('read what its screens show', async () => {
    await using app = await page()
    const link = await app.make('menu')
    const list = await app.queries.fetchQuery(
      linksQuery(app.api, { business_id: app.business.id, search: 'men' }),
    )
    expect(list.data.map(({ slug }) => slug)).toEqual(['menu'])
    const facets = await app.queries.fetchQuery(facetsQuery(app.api, app.business.id))
    expect(facets.campaigns).toEqual([{ name: 'Spring', count: 1 }])
    const picture = await app.queries.fetchQuery(
      imageQuery(app.api, link.id, link.updated_at, { format: 'svg' }),
    )
    expect(await picture.text()).toContain('<svg')
    expect((await app.queries.fetchQuery(tokensQuery(app.api, 1))).total).toBe(0)
    await expect(app.queries.fetchQuery(importQuery(app.api, 'none'))).rejects.toMatchObject({ status: 404 })
  })

  it('learn the version that an edit must name, and are refused with an old one', async () => {
    await using app = await page()
    const { id } = await app.make('menu')
    const { etag } = await app.queries.fetchQuery(linkQuery(app.api, id))
    if (etag === null) throw new Error('A link came without its ETag.')
    const change = { params: { id }, body: { title: 'Menu' }, headers: { 'If-Match': etag } }
    await app.api.call(changeQrLink, change)
    await expect(app.api.call(changeQrLink, change)).rejects.toMatchObject({ status: 412 })
  })

  it('take a deletion of several back, and tell which of them failed', async () => {
    await using app = await page()
    const ids = [(await app.make('one')).id, (await app.make('two')).id]
    const deleted = await actOnAll(app.api, 'delete', [...ids, 'missing'])
    expect(deleted.done).toEqual(ids)
    expect(deleted.error).toMatchObject({ status: 404 })
    expect(await actOnAll(app.api, 'restore', deleted.done)).toEqual({ done: ids, error: undefined })
    const list = await app.queries.fetchQuery(linksQuery(app.api, { business_id: app.business.id }))
    expect(list.total).toBe(2)
  })
})

describe('an event', () => {
  it('makes old what it is about, and nothing else', () => {
    const queries = new QueryClient()
    queries.setQueryData(['qr-links', 'list', {}], 1)
    queries.setQueryData(['tokens', 1], 1)
    applyEvent(queries, { type: 'qr_links.changed', business_id: 'b' })
    expect(queries.getQueryState(['qr-links', 'list', {}])?.isInvalidated).toBe(true)
    expect(queries.getQueryState(['tokens', 1])?.isInvalidated).toBe(false)
  })

  it('of progress is shown without asking again', () => {
    const queries = new QueryClient()
    const job = { id: 'i', status: 'scanning' } as never
    applyEvent(queries, { type: 'import.progress', id: 'i', import: job })
    expect(queries.getQueryData(importKey('i'))).toBe(job)
  })
})
