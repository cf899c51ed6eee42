import Database from 'better-sqlite3'
import type { StoredLink } from './merge-row.ts'

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
    const ranges = hidden.map(([first, last]) => ` and l.seq not between ${first} and ${last}`)
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

  /** Every stored slug, a few thousand at a time, as bytes with a line feed between. */
  *sweep(): Generator<{ slugs: Buffer; count: number }> {
    const page = this.#db
      .prepare<[string, string], [Buffer, string, number]>(
        `select cast(group_concat(slug, char(10)) as blob), max(slug), count(*)
         from (select slug from qr_links where business_id = ? and deleted_at is null and slug > ?
           order by slug limit 8000)`,
      )
      .raw(true)
    for (let last = ''; ;) {
      const [bytes, next, count] = page.get(this.#businessId, last)!
      if (count === 0) return
      yield { slugs: bytes, count }
      last = next
    }
  }

  close(): void {
    this.#db.close()
  }
}
