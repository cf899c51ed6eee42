import type { Context } from '../../context.ts'
import type { Slice } from '../../db/bulk.ts'
import type { Trx } from '../../db/schema.ts'
import type { BulkCards } from './bulk-cards.ts'
import { CancelledError } from './engine/cancel.ts'
import type { CardChunk, GoodCard } from './engine/cards/card-session.ts'
import { mergeCard, newCard, type CardValues } from './engine/cards/card-values.ts'
import type { ImportTarget, WriteTask, Written } from './import-target.ts'
import type { ImportRecord } from './table.ts'

/** Cards written before other requests get their turn: a few milliseconds of work. */
const cardsAtOnce = 250

/** Rows that become contact and event cards. */
export class CardTarget implements ImportTarget {
  private readonly context: Context
  private readonly cards: BulkCards

  constructor(context: Context, cards: BulkCards) {
    this.context = context
    this.cards = cards
  }

  async reserve() {
    return { first_seq: null, last_seq: null }
  }

  write(task: WriteTask): Promise<Written> {
    return this.context.database.bulk(async (slice) => {
      const written: Written = { creates: 0, updates: 0, unchanged: 0, skipped: 0, conflicts: 0 }
      for await (const chunk of task.worker.cards(cardsAtOnce)) {
        if (task.isCancelled()) throw new CancelledError()
        await this.writeChunk(task.record, chunk, written, slice)
        task.progress(written.creates + written.updates)
      }
      return written
    })
  }

  private async writeChunk(record: ImportRecord, chunk: CardChunk, written: Written, slice: Slice) {
    const { id: importId, business_id: businessId } = record
    const updates = chunk.cards.filter(({ existing }) => existing !== null)
    const creates = chunk.cards.filter(({ existing }) => existing === null)
    const at = { importId, businessId, now: this.context.clock(), first: written.creates }
    await slice(async (trx) => {
      const fresh = creates.map(({ values }) => newCard(values))
      await this.cards.insertHidden(trx, fresh, at)
      await stage(trx, importId, updates)
    })
    written.creates += creates.length
    written.updates += updates.length
    written.unchanged += chunk.unchanged
    written.skipped += chunk.skipped
    written.conflicts += chunk.conflicts
  }

  async show(trx: Trx, record: ImportRecord): Promise<Partial<ImportRecord>> {
    const { id: importId, business_id: businessId } = record
    const now = this.context.clock()
    const staged = await trx
      .selectFrom('import_card_updates')
      .select(['card_id', 'after'])
      .where('import_id', '=', importId)
      .execute()
    for (const [done, { card_id, after }] of staged.entries()) {
      const values = JSON.parse(after) as CardValues
      const changed = await this.cards.change(trx, card_id, now, (card) => mergeCard(card, values))
      // Somebody deleted it since the preview: the row is a card of its own then.
      if (changed) await noteChange(trx, importId, card_id, changed)
      else await this.cards.insertHidden(trx, [newCard(values)], { importId, businessId, now, first: 0 })
      // Reads go on meanwhile; other writes wait for this transaction.
      if (done % cardsAtOnce === cardsAtOnce - 1) await new Promise(setImmediate)
    }
    await this.cards.reveal(trx, importId)
    return {}
  }

  async removeHalfWritten({ id }: ImportRecord): Promise<void> {
    await this.context.database.db.transaction().execute(async (trx) => {
      await this.cards.removeHidden(trx, id)
      await trx.deleteFrom('import_card_updates').where('import_id', '=', id).execute()
    })
  }

  async takeBack({ id }: ImportRecord, progress: (rows: number) => void): Promise<{ kept: number }> {
    const removed = await this.context.database.bulk((slice) => this.removeMade(id, slice, progress))
    return { kept: removed.kept + (await this.putBackChanged(id)) }
  }

  private async removeMade(importId: string, slice: Slice, progress: (rows: number) => void) {
    const total = { removed: 0, kept: 0 }
    let after: string | undefined = ''
    while (after !== undefined) {
      const now = this.context.clock()
      const part: Parameters<BulkCards['remove']>[1] = { importId, after, limit: cardsAtOnce, now }
      const step: Awaited<ReturnType<BulkCards['remove']>> = await slice((trx) =>
        this.cards.remove(trx, part),
      )
      total.removed += step.removed
      total.kept += step.kept
      after = step.next
      progress(total.removed)
    }
    return total
  }

  /** Gives back how many were changed since and stay. */
  private putBackChanged(importId: string): Promise<number> {
    return this.context.database.db.transaction().execute(async (trx) => {
      const changed = await trx
        .selectFrom('import_card_updates')
        .select(['card_id', 'before', 'version'])
        .where('import_id', '=', importId)
        .where('version', 'is not', null)
        .execute()
      let kept = 0
      const now = this.context.clock()
      for (const { card_id: id, before, version } of changed) {
        if (!(await this.cards.putBack(trx, { id, before, version: version ?? 0, now }))) kept++
      }
      await trx.deleteFrom('import_card_updates').where('import_id', '=', importId).execute()
      return kept
    })
  }

  announce(businessId: string): void {
    this.cards.announce(businessId)
  }
}

/** Keeps what rows say of stored cards until the import shows. */
async function stage(trx: Trx, import_id: string, updates: readonly GoodCard[]): Promise<void> {
  const staged = updates.flatMap(({ existing, values }) =>
    existing === null
      ? []
      : [{ import_id, card_id: existing.id, before: '', after: JSON.stringify(values), version: null }],
  )
  if (staged.length > 0) await trx.insertInto('import_card_updates').values(staged).execute()
}

async function noteChange(
  trx: Trx,
  importId: string,
  cardId: string,
  change: { before: string; version: number },
): Promise<void> {
  await trx
    .updateTable('import_card_updates')
    .set(change)
    .where('import_id', '=', importId)
    .where('card_id', '=', cardId)
    .execute()
}
