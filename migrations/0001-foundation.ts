import { sql, SqliteAdapter, type Kysely, type CreateTableBuilder } from 'kysely'

/** Businesses, people, tokens, QR links with their scans, and imports. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createAccounts(db)
  await createRecords(db)
  await createQrLinks(db)
  await createImports(db)
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await stamped(db.schema.createTable('businesses'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('short_domain', 'text')
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await stamped(db.schema.createTable('users'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .execute()
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id'))
    .addColumn('business_id', 'text', (c) => c.references('businesses.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('last_four', 'text', (c) => c.notNull())
    .addColumn('rate_per_minute', 'integer')
    .addColumn('expires_at', 'text')
    .addColumn('revoked_at', 'text')
    .addColumn('last_used_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
}

/** What the server itself remembers: settings, sequences, answers given under an idempotency key. */
async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('sequences')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('next', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('key_hash', 'text', (c) => c.primaryKey())
    .addColumn('request_hash', 'text', (c) => c.notNull())
    .addColumn('status', 'integer', (c) => c.notNull())
    .addColumn('headers', 'text', (c) => c.notNull())
    .addColumn('body', 'text')
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('idempotency_keys_expires_at')
    .on('idempotency_keys')
    .column('expires_at')
    .execute()
}

async function createQrLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('qr_links')
    // In SQLite this is the rowid, so every index below ends with it for free.
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('destination_url', 'text', (c) => c.notNull())
    .addColumn('title', 'text')
    .addColumn('campaign', 'text')
    .addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('notes', 'text')
    .addColumn('is_active', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('starts_at', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('style', 'text', (c) => c.notNull().defaultTo('{}'))
    .addColumn('scan_count', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_scanned_at', 'text')
    .addColumn('import_id', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await createQrLinkIndexes(db)
  const tags = db.schema
    .createTable('qr_link_tags')
    .addColumn('tag', 'text', (c) => c.notNull())
    .addColumn('link_seq', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('qr_link_tags_primary', ['tag', 'link_seq'])
  await (isSqlite(db) ? tags.modifyEnd(sql`without rowid`) : tags).execute()
  await db.schema
    .createTable('qr_scans')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('link_seq', 'integer', (c) => c.notNull())
    .addColumn('scanned_at', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('referrer_host', 'text')
    .execute()
  await db.schema
    .createTable('qr_scan_batches')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('scans', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('qr_scans_link').on('qr_scans').columns(['link_seq', 'scanned_at']).execute()
}

/** Deleted rows are in none of the lists' indexes, so that counting one never walks over them. */
async function createQrLinkIndexes(db: Kysely<unknown>): Promise<void> {
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('qr_links').columns(columns).where(sql.ref('deleted_at'), 'is', null)
  await index('qr_links_slug', ['business_id', 'slug']).unique().execute()
  // With what a status is made of, so that counting the paused ones reads no row.
  await index('qr_links_created', [
    'business_id',
    'seq',
    'is_active',
    'starts_at',
    'expires_at',
    'deleted_at',
  ]).execute()
  await index('qr_links_campaign', ['business_id', 'campaign', 'seq']).execute()
  await index('qr_links_scans', ['business_id', 'scan_count', 'seq']).execute()
  await index('qr_links_scanned', ['business_id', 'last_scanned_at', 'seq']).execute()
  // What the redirect of a deleted link needs; live ones are found through the unique index.
  await db.schema
    .createIndex('qr_links_deleted')
    .on('qr_links')
    .column('slug')
    .where(sql.ref('deleted_at'), 'is not', null)
    .execute()
}

async function createImports(db: Kysely<unknown>): Promise<void> {
  await stamped(db.schema.createTable('imports'))
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('filename', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('first_seq', 'integer')
    .addColumn('last_seq', 'integer')
    .addColumn('failure', 'text')
    .addColumn('committed_at', 'text')
    .execute()
  await db.schema.createIndex('imports_business').on('imports').columns(['business_id', 'id']).execute()
  await db.schema
    .createTable('import_edits')
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('row', 'integer', (c) => c.notNull())
    .addColumn('column', 'integer', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_edits_primary', ['import_id', 'row', 'column'])
    .execute()
  // A commit's updates wait here until they are applied; afterwards the rows are what an undo puts back.
  await db.schema
    .createTable('import_updates')
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('link_seq', 'integer', (c) => c.notNull())
    .addColumn('before', 'text', (c) => c.notNull())
    .addColumn('after', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_updates_primary', ['import_id', 'link_seq'])
    .execute()
  await db.schema
    .createTable('import_mappings')
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('mapping', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_mappings_primary', ['business_id', 'fingerprint'])
    .execute()
}

function stamped<T extends string>(
  table: CreateTableBuilder<T>,
): CreateTableBuilder<T, 'id' | 'created_at' | 'updated_at'> {
  return table
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
}

function isSqlite(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter
}
