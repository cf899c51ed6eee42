import { CompiledQuery } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { QrLinkRow } from './table.ts'

/** What a redirect needs to know of a link. */
export interface Target {
  seq: number
  /** As a browser sends it, in ASCII: a header can hold nothing else. */
  destination: string
  active: boolean
  startsAt: number
  expiresAt: number
  deleted: boolean
}

type Found = Pick<
  QrLinkRow,
  'seq' | 'destination_url' | 'is_active' | 'starts_at' | 'expires_at' | 'deleted_at'
>

const keptTargets = 50_000

/** Where slugs lead, kept in memory until a link changes. */
export class RedirectTargets {
  private readonly context: Context
  private readonly lookups: ReturnType<typeof compileLookups>
  private readonly kept = new Map<string, Target>()
  /** Counts changes of links: what was read before one is not kept after it. */
  private changes = 0

  constructor(context: Context) {
    this.context = context
    this.lookups = compileLookups(context.database.db)
    context.events.listen((event) => {
      if (event.type !== 'qr_links.changed') return
      this.kept.clear()
      this.changes++
    })
  }

  /** The target of a canonical slug where it is in memory. */
  known(slug: string): Target | undefined {
    return this.kept.get(slug)
  }

  async find(slug: string): Promise<Target | undefined> {
    const known = this.kept.get(slug)
    if (known) return known
    const { changes } = this
    const target = await this.load(slug)
    // Only links that exist are kept: guessing slugs must not push them out.
    if (!target || changes !== this.changes) return target
    if (this.kept.size >= keptTargets) this.kept.clear()
    this.kept.set(slug, target)
    return target
  }

  private async load(slug: string): Promise<Target | undefined> {
    const { database, hidden } = this.context
    const live = await database.db.executeQuery<Found>(CompiledQuery.raw(this.lookups.live, [slug]))
    let row = live.rows.find(({ seq }) => !hidden.includes(seq))
    row ??= (await database.db.executeQuery<Found>(CompiledQuery.raw(this.lookups.deleted, [slug]))).rows[0]
    return row && targetOf(row)
  }
}

/** The questions for a slug, put into SQL once: that takes longer than their answers. */
function compileLookups(db: Db) {
  const named = db
    .selectFrom('qr_links')
    .select(['seq', 'destination_url', 'is_active', 'starts_at', 'expires_at', 'deleted_at'])
    .where('slug', '=', '')
    .orderBy('seq')
  const live = named
    .where('deleted_at', 'is', null)
    .where('business_id', 'in', (e) => e.selectFrom('businesses').select('id'))
  return { live: live.compile().sql, deleted: named.where('deleted_at', 'is not', null).compile().sql }
}

function targetOf(row: Found): Target | undefined {
  const destination = URL.parse(row.destination_url)?.href
  if (destination === undefined) return undefined
  return {
    seq: row.seq,
    destination,
    active: row.is_active === 1,
    startsAt: row.starts_at === null ? 0 : Date.parse(row.starts_at),
    expiresAt: row.expires_at === null ? Infinity : Date.parse(row.expires_at),
    deleted: row.deleted_at !== null,
  }
}

/** Whether a code leads anywhere now; `early` counts as missing, so that nobody learns of it before its time. */
export function stateOf(target: Target | undefined, now: number): 'open' | 'missing' | 'gone' {
  if (!target || now < target.startsAt) return 'missing'
  return target.deleted || !target.active || now >= target.expiresAt ? 'gone' : 'open'
}
