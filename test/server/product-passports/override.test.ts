import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '#contract/product-passports.ts'
import { faultsOf, makePassport, startPassportServer, type PassportServer } from './passport-server.ts'

describe('a recall before a passport’s page', () => {
  let server: PassportServer
  beforeAll(async () => {
    server = await startPassportServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())
  const override = (id: string, body: Record<string, unknown>) =>
    server.api.call(contract.setRecallOverride, { params: { id }, body })

  it('is made with a notice, speaks of the passport’s goods, is revised and lifted with a reason', async () => {
    const made = await makePassport(server.api, { lot: 'R1', status: 'published' })
    expect(Object.keys(await faultsOf(override(made.id, {})))).toEqual(['notice'])
    expect(Object.keys(await faultsOf(override(made.id, { action: 'lift', reason: 'x' })))).toEqual([
      'action',
    ])
    const set = await override(made.id, { notice: { title: 'Glass in the oats' }, mode: 'banner' })
    expect(set.recall).toMatchObject({ lines: [{ gtins: [made.gtin], lots: ['R1'] }], status: 'active' })
    expect(set.product_passport).toMatchObject({ recall_id: set.recall.id, revision: 1 })
    expect(Object.keys(await faultsOf(override(made.id, { notice: { title: 'More glass' } })))).toEqual([
      'reason',
    ])
    const again = await override(made.id, { notice: { title: 'More glass' }, reason: 'Second finding' })
    expect(again.recall.id).toBe(set.recall.id)
    expect(Object.keys(await faultsOf(override(made.id, { action: 'lift' })))).toEqual(['reason'])
    const lifted = await override(made.id, { action: 'lift', reason: 'All units are back' })
    expect(lifted.product_passport.recall_id).toBeNull()
    expect(lifted.recall.status).toBe('closed')
  })

  it('is refused for a draft, for other goods and for a span that ends before it starts', async () => {
    const draft = await makePassport(server.api, { lot: 'R2' })
    const notice = { title: 'Glass' }
    expect(Object.keys(await faultsOf(override(draft.id, { notice })))).toEqual(['action'])
    const made = await makePassport(server.api, { lot: 'R3', status: 'published' })
    const lines = [{ gtins: ['9506000134352'] }]
    expect(Object.keys(await faultsOf(override(made.id, { notice, lines })))).toEqual(['lines'])
    const span = { effective_from: '2027-01-02T00:00:00Z', effective_to: '2027-01-01T00:00:00Z' }
    expect(Object.keys(await faultsOf(override(made.id, { notice, ...span })))).toEqual(['effective_to'])
  })
})
