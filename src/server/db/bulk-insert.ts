import { CompiledQuery } from 'kysely'
import type { Db } from './schema.ts'

/**
 * Inserts many rows with few statements, where a round trip is what costs (PostgreSQL; SQLite takes a staging file): the statement for a full batch is compiled once and then only given other
 * values. Keep `rowsAtOnce` × columns below SQLite's 32,766 variables.
 */
export class BulkInsert<Row extends object> {
  private readonly table: string
  private readonly columns: readonly (keyof Row & string)[]
  private readonly rowsAtOnce: number
  private readonly statements = new Map<number, string>()

  constructor(table: string, columns: readonly (keyof Row & string)[], rowsAtOnce = 50) {
    this.table = table
    this.columns = columns
    this.rowsAtOnce = rowsAtOnce
  }

  async insert(db: Db, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length; from += this.rowsAtOnce) {
      const batch = rows.slice(from, from + this.rowsAtOnce)
      const parameters = batch.flatMap((row) => this.columns.map((column) => row[column]))
      await db.executeQuery(CompiledQuery.raw(this.statementFor(db, batch.length), parameters))
    }
  }

  private statementFor(db: Db, count: number): string {
    const kept = this.statements.get(count)
    if (kept !== undefined) return kept
    const row = Object.fromEntries(this.columns.map((column) => [column, null]))
    const { sql } = db
      .insertInto(this.table as never)
      .values(Array.from({ length: count }, () => row) as never)
      .compile()
    this.statements.set(count, sql)
    return sql
  }
}
