import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Pace } from '#server/features/imports/engine/cancel.ts'
import { ImportSession } from '#server/features/imports/engine/import-session.ts'
import type { ScanRequest } from '#server/features/imports/engine/request.ts'

export const NOW = '2026-11-23T09:30:00.000000Z'

export interface StoredRow {
  slug: string
  destination_url: string
  title?: string
  tags?: string[]
  business_id?: string
  deleted_at?: string
}

/** A folder of its own for files and databases of a test; `remove` when done. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'import-engine-'))
  readonly #open: ImportSession[] = []
  #files = 0

  file(content: string | Buffer, name = 'links.csv'): string {
    const path = join(this.folder, `${this.#files++}-${name}`)
    writeFileSync(path, content)
    return path
  }

  /** A database with the table of links and some in it; returns its path. */
  database(rows: readonly StoredRow[]): string {
    const path = join(this.folder, `${this.#files++}.sqlite`)
    const db = new Database(path)
    db.exec(`create table qr_links (seq integer primary key, id text, business_id text, slug text, destination_url text,
      title text, campaign text, tags text default '[]', notes text, is_active integer default 1, starts_at text,
      expires_at text, version integer default 1, deleted_at text);
      create unique index qr_links_slug on qr_links (business_id, slug) where deleted_at is null`)
    const insert = db.prepare(
      'insert into qr_links (id, business_id, slug, destination_url, title, tags, deleted_at) values (?, ?, ?, ?, ?, ?, ?)',
    )
    db.exec('begin')
    for (const [k, row] of rows.entries()) {
      const { business_id: business = 'b1', title = null, tags = [], deleted_at: deleted = null } = row
      insert.run(`id-${k + 1}`, business, row.slug, row.destination_url, title, JSON.stringify(tags), deleted)
    }
    db.exec('commit')
    db.close()
    return path
  }

  request(content: string | Buffer, more: Partial<ScanRequest> = {}): ScanRequest {
    const name = more.filename ?? 'links.csv'
    return { path: this.file(content, name), filename: name, onDuplicate: 'skip', now: NOW, ...more }
  }

  /** Reads and checks a file in this thread. */
  async scan(content: string | Buffer, more: Partial<ScanRequest> = {}): Promise<ImportSession> {
    const pace = new Pace(new Int32Array(1))
    const session = await ImportSession.open(this.request(content, more), pace)
    this.#open.push(session)
    await session.run(() => undefined)
    return session
  }

  remove(): void {
    for (const session of this.#open) session.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function stored(databasePath: string, hidden: [number, number][] = []): Pick<ScanRequest, 'stored'> {
  return { stored: { databasePath, businessId: 'b1', hidden } }
}

/** Code and row of every finding, as `3 slug_duplicate`. */
export function findingsOf(session: ImportSession): string[] {
  const { rows } = session.page({ filter: 'all', offset: 0, limit: 1000 })
  return rows.flatMap(({ row, findings }) => findings.map(({ code }) => `${row} ${code}`))
}
