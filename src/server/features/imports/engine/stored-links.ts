import Database from 'better-sqlite3'
import type { RowValues } from './check-row.ts'

/** A stored link as far as an import can change it. */
export interface StoredLink {
  seq: number
  id: string
  version: number
  destination_url: string
  title: string | null
  campaign: string | null
  tags: string[]
  notes: string | null
  is_active: boolean
  starts_at: string | null
  expires_at: string | null
}

export interface StoredLinksOptions {
  databasePath: string
  businessId: string
  /** Ranges of `seq` (both ends included) of imports still being written. */
  hidden: readonly (readonly [number, number])[]
}

type Found = [key: number, ...cells: (string | number | null)[]]

/** Looks slugs up among a business's links over a read-only connection of its own. */
export class StoredLinks {
  readonly #db: Database.Database
  readonly #find: Database.Statement<[string, string], Found>

  constructor({ databasePath, businessId, hidden }: StoredLinksOptions) {
    this.#db = new Database(databasePath, { readonly: true, fileMustExist: true })
    this.#businessId = businessId
    const ranges = hidden.map(
      ([first, last]) => ` and l.seq not between ${Number(first)} and ${Number(last)}`,
    )
    // `cross join` keeps the order: walk the array, look each slug up in the index.
    this.#find = this.#db
      .prepare<[string, string], Found>(
        `select j.key, l.seq, l.id, l.version, l.destination_url, l.title, l.campaign, l.tags, l.notes, l.is_active,
           l.starts_at, l.expires_at
         from json_each(?) j cross join qr_links l
         where l.business_id = ? and l.slug = j.value and l.deleted_at is null${ranges.join('')}`,
      )
      .raw(true)
  }

  readonly #businessId: string

  /** Links that have one of the slugs (a JSON array of strings), with the slug's place in the array. */
  find(slugs: string): { key: number; link: StoredLink }[] {
    return this.#find.all(slugs, this.#businessId).map(([key, seq, id, version, url, ...rest]) => ({
      key,
      link: {
        seq: seq as number,
        id: id as string,
        version: version as number,
        destination_url: url as string,
        title: rest[0] as string | null,
        campaign: rest[1] as string | null,
        tags: JSON.parse(rest[2] as string) as string[],
        notes: rest[3] as string | null,
        is_active: rest[4] === 1,
        starts_at: rest[5] as string | null,
        expires_at: rest[6] as string | null,
      },
    }))
  }

  close(): void {
    this.#db.close()
  }
}

/** The link after an update by a row: an empty cell leaves what is stored, so that nothing is lost unasked. */
export function mergeRow(values: RowValues, stored: StoredLink): StoredLink {
  return {
    ...stored,
    destination_url: values.destination_url ?? stored.destination_url,
    title: values.title ?? stored.title,
    campaign: values.campaign ?? stored.campaign,
    tags: values.tags ?? stored.tags,
    notes: values.notes ?? stored.notes,
    is_active: values.is_active ?? stored.is_active,
    starts_at: values.starts_at ?? stored.starts_at,
    expires_at: values.expires_at ?? stored.expires_at,
  }
}

/** Whether an update by this row would change nothing. */
export function isUnchanged(values: RowValues, stored: StoredLink): boolean {
  const merged = mergeRow(values, stored)
  return (
    merged.destination_url === stored.destination_url &&
    merged.title === stored.title &&
    merged.campaign === stored.campaign &&
    merged.notes === stored.notes &&
    merged.is_active === stored.is_active &&
    merged.starts_at === stored.starts_at &&
    merged.expires_at === stored.expires_at &&
    merged.tags.length === stored.tags.length &&
    merged.tags.every((tag, k) => tag === stored.tags[k])
  )
}
