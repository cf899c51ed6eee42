import { sql, SqliteAdapter, type Kysely } from 'kysely'

/** Product passports with everything they ever said, recalls with theirs, and the record of what was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPassports(db)
  await createRecalls(db)
  await createActions(db)
  await sealActions(db)
}

async function createPassports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('product_passports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('gtin', 'text', (c) => c.notNull())
    .addColumn('granularity', 'text', (c) => c.notNull())
    // Empty where the passport is not of one lot or item: so that a unique index can hold them.
    .addColumn('lot', 'text', (c) => c.notNull())
    .addColumn('serial', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('core', 'text', (c) => c.notNull())
    .addColumn('extension', 'text', (c) => c.notNull())
    .addColumn('links', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('recall_id', 'text')
    .addColumn('recall_mode', 'text')
    .addColumn('recall_from', 'text')
    .addColumn('recall_to', 'text')
    .addColumn('scan_count', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('product_passports_key')
    .on('product_passports')
    .columns(['gtin', 'lot', 'serial', 'business_id'])
    .unique()
    .execute()
  await db.schema
    .createIndex('product_passports_business')
    .on('product_passports')
    .columns(['business_id', 'status', 'id'])
    .execute()
  await db.schema
    .createTable('passport_revisions')
    .addColumn('product_passport_id', 'text', (c) => c.notNull().references('product_passports.id'))
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('passport_revisions_primary', ['product_passport_id', 'revision'])
    .execute()
  await db.schema
    .createTable('passport_scans')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('product_passport_id', 'text', (c) => c.notNull())
    .addColumn('scanned_at', 'text', (c) => c.notNull())
    .addColumn('lot', 'text')
    .addColumn('serial', 'text')
    .addColumn('link_type', 'text')
    .addColumn('verdict', 'text')
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .execute()
  await db.schema
    .createIndex('passport_scans_passport')
    .on('passport_scans')
    .columns(['product_passport_id', 'scanned_at'])
    .execute()
}

async function createRecalls(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recalls')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('is_mock', 'integer', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('product_passport_id', 'text')
    .addColumn('notice', 'text', (c) => c.notNull())
    .addColumn('lines', 'text', (c) => c.notNull())
    // Lower-case title, number and issuer, for looking up.
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('activated_at', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('closing_reason', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('recalls_business')
    .on('recalls')
    .columns(['business_id', 'status', 'id'])
    .execute()
  await db.schema
    .createTable('recall_revisions')
    .addColumn('recall_id', 'text', (c) => c.notNull().references('recalls.id'))
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('notice', 'text', (c) => c.notNull())
    .addColumn('lines', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recall_revisions_primary', ['recall_id', 'revision'])
    .execute()
  // One row a GTIN of a line of a recall in force: what a scan is looked up in.
  await db.schema
    .createTable('recall_criteria')
    .addColumn('gtin', 'text', (c) => c.notNull())
    .addColumn('recall_id', 'text', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recall_criteria_primary', ['gtin', 'recall_id', 'line'])
    .execute()
  await db.schema.createIndex('recall_criteria_recall').on('recall_criteria').column('recall_id').execute()
}

async function createActions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recall_actions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recall_id', 'text', (c) => c.notNull().references('recalls.id'))
    .addColumn('business_id', 'text', (c) => c.notNull())
    // Counts over all the actions of this device's record, without gaps.
    .addColumn('sequence', 'integer', (c) => c.notNull().unique())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('quantity', 'integer', (c) => c.notNull())
    // The entry whole, in the very bytes that were hashed.
    .addColumn('entry', 'text', (c) => c.notNull())
    .addColumn('supersedes_id', 'text', (c) => c.unique())
    .addColumn('gtin', 'text')
    .addColumn('serial', 'text')
    .addColumn('place', 'text')
    .addColumn('done_at', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('recall_actions_recall')
    .on('recall_actions')
    .columns(['recall_id', 'sequence'])
    .execute()
  await db.schema
    .createIndex('recall_actions_item')
    .on('recall_actions')
    .columns(['gtin', 'serial'])
    .execute()
  await db.schema
    .createTable('recall_photos')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recall_id', 'text', (c) => c.notNull().references('recalls.id'))
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
}

const sealed = 'The record of actions is never changed.'

/** The database itself refuses to change or drop an action: a correction is a new one. */
async function sealActions(db: Kysely<unknown>): Promise<void> {
  const message = sql.lit(sealed)
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    for (const verb of ['update', 'delete']) {
      const name = sql.ref(`recall_actions_no_${verb}`)
      const body = sql`begin select raise(abort, ${message}); end`
      await sql`create trigger ${name} before ${sql.raw(verb)} on recall_actions ${body}`.execute(db)
    }
    return
  }
  const refuse = sql`begin raise exception using message = ${message}; end`
  await sql`create function refuse_action_change() returns trigger language plpgsql as $$${refuse}$$`.execute(
    db,
  )
  await sql`create trigger recall_actions_sealed before update or delete or truncate on recall_actions
    for each statement execute function refuse_action_change()`.execute(db)
}
