import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallMatch, RecallNotice, Verdict } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'
import { isRestricted, packagingLevelsOf } from './gtin-levels.ts'
import { matchLine, type GtinMatch } from './match-line.ts'
import type { ScannedItem } from './scanned-item.ts'

interface Loaded {
  version: number
  notice: RecallNotice
  lines: readonly RecallLine[]
}

/** Lines of recalls by recall, read from their text once for each version. */
export class RecallLines {
  readonly #loaded = new Map<string, Loaded>()
  readonly #most: number

  constructor(most = 2_000) {
    this.#most = most
  }

  async of(db: Db, id: string, version: number): Promise<Loaded> {
    const known = this.#loaded.get(id)
    if (known?.version === version) return known
    const row = await db
      .selectFrom('recalls')
      .select(['notice', 'lines', 'version'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const loaded = {
      version: row.version,
      notice: JSON.parse(row.notice) as RecallNotice,
      lines: JSON.parse(row.lines) as RecallLine[],
    }
    if (this.#loaded.size >= this.#most) this.#loaded.clear()
    this.#loaded.set(id, loaded)
    return loaded
  }
}

export interface ItemVerdict {
  verdict: Exclude<Verdict, 'unreadable'>
  missing: string[]
  matches: RecallMatch[]
}

/**
 * What the recalls in force say of an item, the strictest first. A drill never goes before the real thing: it answers
 * with it, marked.
 */
export async function verdictFor(
  db: Db,
  cache: RecallLines,
  item: ScannedItem,
  businessIds: readonly string[],
): Promise<ItemVerdict> {
  const rows = await db
    .selectFrom('recall_criteria')
    .innerJoin('recalls', 'recalls.id', 'recall_criteria.recall_id')
    .select([
      'recall_criteria.gtin',
      'recall_criteria.line',
      'recalls.id',
      'recalls.version',
      'recalls.is_mock',
      'recalls.revision',
    ])
    .where('recall_criteria.gtin', 'in', packagingLevelsOf(item.gtin))
    .where('recall_criteria.business_id', 'in', businessIds.length > 0 ? [...businessIds] : [''])
    .where('recalls.status', '=', 'active')
    .orderBy('recalls.id')
    .orderBy('recall_criteria.line')
    .execute()
  const matches: RecallMatch[] = []
  for (const row of rows) {
    const { notice, lines } = await cache.of(db, row.id, row.version)
    const line = lines[row.line]
    const match = line && matchLine(line, item, gtinMatch(row.gtin, item.gtin))
    if (!match || match.verdict === 'out') continue
    matches.push({
      recall_id: row.id,
      title: notice.title,
      is_mock: row.is_mock === 1,
      revision: row.revision,
      line: row.line,
      verdict: match.verdict,
      reason: match.reasons.join(' '),
      missing: [...new Set(match.missing)],
      instructions: notice.instructions ?? null,
    })
  }
  return strictest(matches)
}

function gtinMatch(listed: string, scanned: string): GtinMatch {
  if (isRestricted(scanned)) return 'restricted'
  return listed === scanned ? 'same' : 'other_level'
}

function strictest(matches: readonly RecallMatch[]): ItemVerdict {
  const rank = ({ verdict, is_mock }: RecallMatch): number =>
    (verdict === 'recalled' ? 0 : 2) + (is_mock ? 1 : 0)
  const sorted = matches.toSorted((a, b) => rank(a) - rank(b) || (a.recall_id < b.recall_id ? 1 : -1))
  const [first] = sorted
  if (!first) return { verdict: 'not_listed', missing: [], matches: [] }
  const verdict = first.verdict === 'recalled' ? 'recalled' : 'possible'
  const missing = verdict === 'recalled' ? [] : sorted.flatMap((match) => match.missing)
  return { verdict, missing: [...new Set(missing)], matches: sorted }
}
