import type { OrderIntentRow } from './table.ts'
import { safeCsvLine } from '../../csv-line.ts'
import { decimalOf } from './format-money.ts'
import { linesOf } from './orders-store.ts'

const columns = [
  'order_id',
  'revision',
  'line_id',
  'business_day',
  'number',
  'status',
  'service_type',
  'table',
  'guest_count',
  'customer_name',
  'customer_phone',
  'notes',
  'placed_at',
  'accepted_at',
  'closed_at',
  'expected_at',
  'item',
  'quantity',
  'unit_price',
  'modifiers',
  'note',
  'line_total',
  'order_total',
  'currency',
]

export const orderCsvHeader = safeCsvLine(columns)

/** An order as a spreadsheet has it: one row a line. Order, revision and line together name a row for good. */
export function orderCsvLines(row: OrderIntentRow): string {
  const money = (minor: number) => decimalOf(minor, row.currency)
  return linesOf(row)
    .map((line) =>
      safeCsvLine(
        [
          row.id,
          row.revision,
          line.id,
          row.business_day,
          row.number,
          row.status,
          row.service_type,
          row.table_name,
          row.guest_count,
          row.customer_name,
          row.customer_phone,
          row.notes,
          row.placed_at,
          row.accepted_at,
          row.closed_at,
          row.expected_at,
          line.name,
          line.quantity,
          money(line.unit_price),
          line.modifiers.map((one) => `${one.name} x${one.quantity} @${money(one.price)}`).join('|'),
          line.note,
          money(line.total),
          money(row.total),
          row.currency,
        ].map((cell) => (cell === null ? '' : String(cell))),
      ),
    )
    .join('')
}
