import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { en } from '#renderer/app/messages/en.ts'
import { loadMessages } from '#renderer/app/messages/load-messages.ts'
import { cardFindings } from '#server/features/imports/engine/cards/card-findings.ts'
import { findingCodes } from '#server/features/imports/engine/finding-codes.ts'

const folder = fileURLToPath(new URL('../../../src/renderer', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(join('app', 'messages')))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

describe('the catalogue', () => {
  const i18n = loadMessages(['en-US'])

  it('holds only messages that compile', () => {
    expect(() => loadMessages(['en'])).not.toThrow()
    expect(Object.keys(en).length).toBeGreaterThan(300)
  })

  it('says each thing in one place: no file takes an id from another', async () => {
    const messages = join(folder, 'app', 'messages')
    const files = readdirSync(messages).filter((name) => name.startsWith('en-'))
    const parts = await Promise.all(files.map((name) => import(pathToFileURL(join(messages, name)).href)))
    const ids = parts.flatMap((part: Record<string, object>) => Object.values(part).flatMap(Object.keys))
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('holds nothing that no page says', () => {
    // Of `exports.kind.${kind}` every message with that beginning is said.
    const begun = [...sources.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/gi)].map(([, start]) => start!)
    const unused = Object.keys(en).filter(
      (id) =>
        !sources.includes(`'${id}'`) &&
        !sources.includes(`"${id}"`) &&
        !begun.some((start) => id.startsWith(start)),
    )
    expect(unused).toEqual([])
  })

  it('has a title for every finding that the import can make', () => {
    const codes = [...findingCodes.map(({ code }) => code), ...Object.keys(cardFindings)]
    const missing = codes.filter((code) => !(`finding.${code}` in en))
    expect(missing).toEqual([])
  })

  it('counts in whole sentences', () => {
    const shown = {
      createsShown: '98,012',
      updatesShown: '0',
      wrongShown: '1,988',
      unchangedShown: '0',
      skippedShown: '0',
    }
    const counts = { creates: 98_012, updates: 0, wrong: 1_988, unchanged: 0, skipped: 0 }
    expect(i18n._('imports.sentence', { ...counts, ...shown })).toBe(
      'Create 98,012 links, update none, leave out 1,988 rows with errors.',
    )
    expect(
      i18n._('imports.sentence', { ...counts, creates: 1, wrong: 1, skipped: 3, skippedShown: '3' }),
    ).toBe('Create 1 link, update none, skip 3, leave out 1 row with errors.')
  })

  it('has no sentence written into a page beside it', () => {
    const spoken = [...sources.matchAll(/(?:label|title|placeholder|aria-label|alt)="([^"]*[a-z]{3}[^"]*)"/g)]
    const names = new Set(['https://', 'go.example.com'])
    // An id of a message is none.
    expect(spoken.map(([, text]) => text ?? '').filter((text) => !names.has(text) && !(text in en))).toEqual(
      [],
    )
  })
})
