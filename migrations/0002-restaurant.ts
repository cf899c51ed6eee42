import { sql, SqliteAdapter, type CreateTableBuilder, type Kysely } from 'kysely'

/** Menu, tables, stations, orders and calls for service; proof-of-work challenges; printers and what they print. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMenu(db)
  await createOrders(db)
  await createRcaptcha(db)
  await createPrinting(db)
}

async function createMenu(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable('menu_items'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kitchen_name', 'text')
    .addColumn('description', 'text')
    .addColumn('category', 'text')
    .addColumn('price', 'integer', (c) => c.notNull())
    .addColumn('station_id', 'text')
    .addColumn('allergens', 'text', (c) => c.notNull())
    .addColumn('modifier_groups', 'text', (c) => c.notNull())
    .addColumn('pos_refs', 'text', (c) => c.notNull())
    .addColumn('is_available', 'integer', (c) => c.notNull())
    .addColumn('sort', 'integer', (c) => c.notNull())
    .execute()
  await owned(db.schema.createTable('dining_tables'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('area', 'text')
    .addColumn('seats', 'integer')
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('qr_link_id', 'text')
    .addColumn('is_active', 'integer', (c) => c.notNull())
    .addColumn('sort', 'integer', (c) => c.notNull())
    .execute()
  await owned(db.schema.createTable('stations'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('prefix', 'text', (c) => c.notNull())
    .addColumn('printer_ids', 'text', (c) => c.notNull())
    .addColumn('copies', 'integer', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('prints_whole_order', 'integer', (c) => c.notNull())
    .addColumn('after_doubt', 'text', (c) => c.notNull())
    .addColumn('hold_after_minutes', 'integer', (c) => c.notNull())
    .addColumn('sort', 'integer', (c) => c.notNull())
    .execute()
  for (const table of ['menu_items', 'dining_tables', 'stations']) {
    await db.schema
      .createIndex(`${table}_business`)
      .on(table)
      .columns(['business_id', 'sort', 'id'])
      .execute()
  }
}

async function createOrders(db: Kysely<unknown>): Promise<void> {
  await owned(db.schema.createTable('order_intents'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('business_day', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('service_type', 'text', (c) => c.notNull())
    .addColumn('table_id', 'text')
    // As it was called when the order was taken.
    .addColumn('table_name', 'text')
    .addColumn('guest_count', 'integer')
    .addColumn('customer_name', 'text')
    .addColumn('customer_phone', 'text')
    .addColumn('notes', 'text')
    .addColumn('lines', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('expected_at', 'text')
    .addColumn('placed_at', 'text', (c) => c.notNull())
    .addColumn('accepted_at', 'text')
    .addColumn('ready_at', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('acknowledged_at', 'text')
    // SHA-256 of what a guest asks with how the order stands.
    .addColumn('receipt_hash', 'text')
    // Grows with every change, over all orders: a till goes on from the last one it saw.
    .addColumn('change_seq', 'integer', (c) => c.notNull())
    // Number, table, customer and items, folded: neither database folds letters beyond ASCII by itself.
    .addColumn('search_text', 'text', (c) => c.notNull())
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`order_intents_${name}`).on('order_intents').columns(columns)
  await index('status', ['business_id', 'status', 'id']).execute()
  await index('day', ['business_id', 'business_day', 'number']).unique().execute()
  await index('changes', ['business_id', 'change_seq']).execute()
  await index('receipt', ['receipt_hash']).unique().execute()
  await db.schema
    .createTable('order_events')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('order_intent_id', 'text', (c) => c.notNull().references('order_intents.id'))
    .addColumn('from_status', 'text')
    .addColumn('to_status', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('order_events_order')
    .on('order_events')
    .columns(['order_intent_id', 'id'])
    .execute()
  await owned(db.schema.createTable('service_requests'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('table_id', 'text')
    .addColumn('table_name', 'text')
    .addColumn('note', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('resolved_by', 'text')
    .addColumn('resolved_at', 'text')
    .addColumn('receipt_hash', 'text')
    .execute()
  await db.schema
    .createIndex('service_requests_status')
    .on('service_requests')
    .columns(['business_id', 'status', 'id'])
    .execute()
  await db.schema
    .createTable('pos_acknowledgements')
    .addColumn('order_intent_id', 'text', (c) => c.notNull().references('order_intents.id'))
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('external_ref', 'text')
    .addColumn('acknowledged_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('pos_acknowledgements_primary', ['order_intent_id', 'profile', 'revision'])
    .execute()
  await db.schema
    .createTable('restaurant_settings')
    .addColumn('business_id', 'text', (c) => c.primaryKey().references('businesses.id'))
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
}

async function createRcaptcha(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rcaptcha_challenges')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('difficulty', 'integer', (c) => c.notNull())
    .addColumn('solved_at', 'text')
    // SHA-256 of the token; set when solved, and `used_at` when the form took it.
    .addColumn('token_hash', 'text', (c) => c.unique())
    .addColumn('used_at', 'text')
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('rcaptcha_challenges_expires_at')
    .on('rcaptcha_challenges')
    .column('expires_at')
    .execute()
}

async function createPrinting(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('printers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('transport', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('width', 'text', (c) => c.notNull())
    .addColumn('is_exclusive', 'integer', (c) => c.notNull())
    .addColumn('has_drawer', 'integer', (c) => c.notNull())
    .addColumn('is_paused', 'integer', (c) => c.notNull())
    .addColumn('proof', 'text', (c) => c.notNull())
    // Whether it tells how often its knife has cut; null until it was asked.
    .addColumn('counts_cuts', 'integer')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('state_reason', 'text')
    .addColumn('state_at', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await createPrintJobs(db)
}

async function createPrintJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('print_jobs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    // order:revision:kind:station:copy, so that one thing is queued once.
    .addColumn('dedupe_key', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text')
    .addColumn('order_intent_id', 'text')
    .addColumn('order_number', 'text')
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('copy', 'integer', (c) => c.notNull())
    .addColumn('station_id', 'text')
    .addColumn('station_name', 'text')
    .addColumn('station_seq', 'integer')
    .addColumn('station_number', 'text')
    .addColumn('business_day', 'text')
    // The ticket as data, so that another printer can have it in its own bytes.
    .addColumn('ticket', 'text')
    .addColumn('bytes', isSqlite(db) ? 'blob' : 'bytea')
    .addColumn('bytes_profile', 'text')
    .addColumn('mark_at', 'integer', (c) => c.notNull())
    // Printers in the order they are tried.
    .addColumn('printer_ids', 'text', (c) => c.notNull())
    .addColumn('printer_id', 'text')
    .addColumn('after_doubt', 'text', (c) => c.notNull())
    .addColumn('is_reprint', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('hold_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('print_jobs_queue')
    .on('print_jobs')
    .columns(['state', 'printer_id', 'id'])
    .execute()
  await db.schema
    .createIndex('print_jobs_order')
    .on('print_jobs')
    .columns(['order_intent_id', 'id'])
    .execute()
  await db.schema
    .createIndex('print_jobs_number')
    .on('print_jobs')
    .columns(['station_id', 'business_day', 'station_seq'])
    .unique()
    .execute()
  await db.schema
    .createTable('print_attempts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('print_job_id', 'text', (c) => c.notNull().references('print_jobs.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('printer_id', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('process_id', 'text')
    .addColumn('evidence_before', 'text')
    .addColumn('evidence_after', 'text')
    .addColumn('outcome', 'text')
    .addColumn('reason', 'text')
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createIndex('print_attempts_job')
    .on('print_attempts')
    .columns(['print_job_id', 'number'])
    .unique()
    .execute()
  // A printer prints one thing at a time: the database itself holds that.
  await db.schema
    .createIndex('print_attempts_running')
    .on('print_attempts')
    .column('printer_id')
    .unique()
    .where(sql.ref('outcome'), 'is', null)
    .execute()
}

function owned<T extends string>(
  table: CreateTableBuilder<T>,
): CreateTableBuilder<T, 'id' | 'business_id' | 'version' | 'created_at' | 'updated_at' | 'deleted_at'> {
  return table
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('business_id', 'text', (c) => c.notNull().references('businesses.id'))
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
}

function isSqlite(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter
}
