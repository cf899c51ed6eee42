import type { RecallDataState } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'

/** What answers rest on. Counting criteria reads them all, so it is done once for each state of the recalls. */
export class RecallData {
  readonly #counted = new Map<string, { stamp: string; criteria: number }>()

  async state(db: Db, businessIds: readonly string[]): Promise<RecallDataState> {
    const ids = businessIds.length > 0 ? [...businessIds] : ['']
    const { active, changed, versions } = await db
      .selectFrom('recalls')
      .select((e) => [
        e.fn.sum<number | null>(e.case().when('status', '=', 'active').then(1).else(0).end()).as('active'),
        e.fn.max('updated_at').as('changed'),
        e.fn.sum<number | null>('version').as('versions'),
      ])
      .where('business_id', 'in', ids)
      .where('status', '!=', 'draft')
      .executeTakeFirstOrThrow()
    const stamp = `${changed ?? 'none'} ${versions ?? 0}`
    const key = ids.join(' ')
    let known = this.#counted.get(key)
    if (known?.stamp !== stamp) {
      known = { stamp, criteria: await countCriteria(db, ids) }
      if (this.#counted.size > 100) this.#counted.clear()
      this.#counted.set(key, known)
    }
    return {
      version: `${changed ?? '0'}-${versions ?? 0}`,
      criteria: known.criteria,
      active_recalls: Number(active ?? 0),
      changed_at: changed ?? null,
      // Recalls are not synchronised yet: what is here was entered or imported here.
      synced_at: null,
    }
  }
}

async function countCriteria(db: Db, ids: string[]): Promise<number> {
  const { count } = await db
    .selectFrom('recall_criteria')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('business_id', 'in', ids)
    .executeTakeFirstOrThrow()
  return Number(count)
}
