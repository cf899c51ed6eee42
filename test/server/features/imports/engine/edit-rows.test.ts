import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { ImportSession } from '#server/features/imports/engine/import-session.ts'
import { stored, Workshop } from './import-fixture.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

/** Everything a person sees; look-alikes aside, which are hints and stay with the row that came later. */
function seen(session: ImportSession): unknown {
  const { rows } = session.page({ filter: 'all', offset: 0, limit: 100 })
  return rows.map(({ findings, ...row }) => ({
    ...row,
    findings: findings
      .filter(({ code }) => code !== 'slug_lookalike')
      .map(({ code, first_row: first, severity }) => `${code} ${severity} ${first ?? ''}`),
  }))
}

const slugs = fc.constantFrom('a', 'b', 'A', 'c-1', 'x y', 'login', 'same', 'other')
const links = fc.constantFrom('https://example.com/1', 'https://example.com/2', 'http://example.com/', '')
const edits = fc.array(
  fc.record({
    row: fc.integer({ min: 1, max: 6 }),
    column: fc.constantFrom(0, 1),
    value: fc.oneof(slugs, links, fc.constant(null)),
  }),
  { minLength: 1, maxLength: 8 },
)

test('after any edits everything is as if the file had been like that from the start', async () => {
  const database = workshop.database([
    { slug: 'same', destination_url: 'https://example.com/1' },
    { slug: 'other', destination_url: 'https://example.com/9' },
  ])
  const rows = fc.array(fc.tuple(slugs, links), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      rows,
      edits,
      fc.constantFrom('skip', 'update', 'fail'),
      async (cells, changes, onDuplicate) => {
        const more = { ...stored(database), onDuplicate, delimiter: ',', headerRow: 1 } as const
        const text = `slug,url,title\n${cells.map(([slug, link]) => `${slug},${link},t`).join('\n')}\n`
        const session = await workshop.scan(text, more)
        for (const { row, column, value } of changes) session.edit(row - 1, [[column, value]])
        const fresh = await workshop.scan(text, { ...more, edits: session.listEdits(0, 100).edits })
        expect(seen(session)).toEqual(seen(fresh))
        const { warnings: _one, ...counts } = session.tally().counts
        const { warnings: _two, ...freshCounts } = fresh.tally().counts
        expect(counts).toEqual(freshCounts)
      },
    ),
    { numRuns: 250 },
  )
})
