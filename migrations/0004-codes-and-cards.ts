import { sql, type CreateTableBuilder, type Kysely } from 'kysely'

/** Looks of clients, bundles that are built in the background, wallet cards, credentials of other services. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable('brand_presets'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('campaigns', 'text', (c) => c.notNull())
    .addColumn('style', 'text', (c) => c.notNull())
    .addColumn('logo', 'text')
    .execute()
  await createBundles(db)
  await createCards(db)
  await importCards(db)
  await owned(db.schema.createTable('integration_credentials'))
    .addColumn('integration', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    // Sealed with the key of the keychain (server/host/vault.ts); what is shown is kept beside it.
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('masked', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text')
    .addColumn('valid_until', 'text')
    .execute()
  for (const table of ['brand_presets', 'integration_credentials']) {
    await db.schema.createIndex(`${table}_business`).on(table).columns(['business_id', 'id']).execute()
  }
}

async function createBundles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('export_bundles')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('done', 'integer', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addColumn('verified', 'integer', (c) => c.notNull())
    .addColumn('refused', 'integer', (c) => c.notNull())
    .addColumn('bytes', 'integer')
    .addColumn('sha256', 'text')
    .addColumn('filename', 'text')
    .addColumn('reason', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('export_bundles_business')
    .on('export_bundles')
    .columns(['business_id', 'created_at'])
    .execute()
}

async function createCards(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable('wallet_passes'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('subtitle', 'text')
    .addColumn('contact', 'text')
    .addColumn('event', 'text')
    .addColumn('look', 'text', (c) => c.notNull())
    .addColumn('code_text', 'text')
    .addColumn('qr_link_id', 'text')
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('translations', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('import_id', 'text')
    .execute()
  await db.schema
    .createIndex('wallet_passes_business')
    .on('wallet_passes')
    .columns(['business_id', 'created_at', 'id'])
    .execute()
}

/** Imports are of cards too; those before are of links. */
async function importCards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('imports')
    .addColumn('kind', 'text', (c) => c.notNull().defaultTo('qr_links'))
    .execute()
  await db.schema
    .createTable('import_card_updates')
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('card_id', 'text', (c) => c.notNull())
    .addColumn('before', 'text', (c) => c.notNull())
    .addColumn('after', 'text', (c) => c.notNull())
    .addColumn('version', 'integer')
    .addPrimaryKeyConstraint('import_card_updates_key', ['import_id', 'card_id'])
    .execute()
  await db.schema
    .createIndex('wallet_passes_import')
    .on('wallet_passes')
    .column('import_id')
    .where(sql.ref('import_id'), 'is not', null)
    .execute()
}

/** A row of a business that can be changed and deleted. */
function owned<T extends string>(table: CreateTableBuilder<T>) {
  return table
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
}
