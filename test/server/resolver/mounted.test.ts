import { describe, expect, it } from 'vitest'
import { startTestServer } from '#test/support/server.ts'

describe('the app', () => {
  it('answers Digital Links, and leaves its own pages and the API as they are', async () => {
    await using server = await startTestServer()
    expect((await server.fetch('/01/09506000134376')).status).toBe(404)
    expect((await server.fetch('/01/09506000134377')).status).toBe(400)
    expect((await server.fetch('/01/%')).status).toBe(400)
    expect((await server.fetch('/.well-known/gs1resolver')).status).toBe(200)
    expect((await server.fetch('/recall-notices/none')).status).toBe(404)
    const lost = await server.fetch('/Some-Page-Of-Ours')
    expect([lost.status, await lost.text()]).toEqual([404, 'There is nothing here.\n'])
    expect((await server.fetch('/api/me')).status).toBe(200)
  })
})
