import type { BodyOf } from '#contract/endpoint.ts'
import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { changePrinter, createPrinter, Printer, PrinterTransport } from '#contract/printers.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { addressProblem } from './printers-addresses.ts'
import type { PrinterRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'

type NewPrinter = BodyOf<typeof createPrinter>
type PrinterChange = BodyOf<typeof changePrinter>
type Profiles = Pick<TicketMaker, 'profiles'>

/** The live printers of this device. */
export function printersOf(db: Db) {
  return db.selectFrom('printers').where('deleted_at', 'is', null)
}

function presentPrinter(row: PrinterRow, waiting: number): Printer {
  const { version: _version, deleted_at: _deleted, ...plain } = row
  return {
    ...plain,
    is_exclusive: row.is_exclusive === 1,
    has_drawer: row.has_drawer === 1,
    is_paused: row.is_paused === 1,
    waiting,
  }
}

/** With the jobs that wait for each. */
export async function presentPrinters(db: Db, rows: readonly PrinterRow[]): Promise<Printer[]> {
  if (rows.length === 0) return []
  const counts = await db
    .selectFrom('print_jobs')
    .select((e) => ['printer_id', e.fn.countAll<number>().as('count')])
    .where('state', 'in', ['waiting', 'printing'])
    .where(
      'printer_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy('printer_id')
    .execute()
  const waiting = new Map(counts.map(({ printer_id, count }) => [printer_id, Number(count)]))
  return rows.map((row) => presentPrinter(row, waiting.get(row.id) ?? 0))
}

/** Throws 422 for an address or a model that does not exist, and for a name or an address that is taken. */
export async function insertPrinter(
  db: Db,
  profiles: Profiles,
  input: NewPrinter,
  now: number,
): Promise<PrinterRow> {
  const at = timestamp(now)
  const profile = input.profile ?? 'generic-80'
  const row: PrinterRow = {
    id: newId(now),
    name: input.name,
    transport: input.transport,
    address: normalised(input.address),
    profile,
    width: input.width ?? widthOf(profiles, profile),
    is_exclusive: input.is_exclusive === false ? 0 : 1,
    has_drawer: input.has_drawer ? 1 : 0,
    is_paused: input.is_paused ? 1 : 0,
    proof: 'unknown',
    counts_cuts: null,
    state: 'unknown',
    state_reason: null,
    state_at: null,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  await refuse(db, profiles, row)
  await db.insertInto('printers').values(row).execute()
  return row
}

/** What was seen of it is forgotten when it is another printer or is spoken to otherwise. */
export async function updatePrinter(
  db: Db,
  profiles: Profiles,
  row: PrinterRow,
  change: PrinterChange,
  now: number,
): Promise<PrinterRow> {
  const profile = change.profile ?? row.profile
  const isSameProfile = profile === row.profile
  const next: PrinterRow = {
    ...row,
    name: change.name ?? row.name,
    transport: change.transport ?? row.transport,
    address: change.address === undefined ? row.address : normalised(change.address),
    profile,
    width: change.width ?? (isSameProfile ? row.width : widthOf(profiles, profile)),
    is_exclusive: bit(change.is_exclusive, row.is_exclusive),
    has_drawer: bit(change.has_drawer, row.has_drawer),
    is_paused: bit(change.is_paused, row.is_paused),
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  await refuse(db, profiles, next)
  const isSame = isSameProfile && next.transport === row.transport && next.address === row.address
  const seen: PrinterRow = isSame
    ? next
    : { ...next, proof: 'unknown', counts_cuts: null, state: 'unknown', state_reason: null, state_at: null }
  await db.updateTable('printers').set(seen).where('id', '=', row.id).execute()
  return seen
}

/** Takes it out of every station too; what waited for it is the spool's to hand on. */
export async function removePrinter(db: Db, row: PrinterRow, now: number): Promise<string[]> {
  const deleted_at = timestamp(now)
  await db
    .updateTable('printers')
    .set({ deleted_at, updated_at: deleted_at, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  const stations = await db
    .selectFrom('stations')
    .select(['id', 'business_id', 'printer_ids', 'version'])
    .where('printer_ids', 'like', `%${row.id}%`)
    .execute()
  for (const { id, printer_ids, version } of stations) {
    const left = (JSON.parse(printer_ids) as string[]).filter((one) => one !== row.id)
    await db
      .updateTable('stations')
      .set({ printer_ids: JSON.stringify(left), version: version + 1, updated_at: deleted_at })
      .where('id', '=', id)
      .execute()
  }
  return [...new Set(stations.map(({ business_id }) => business_id))]
}

function bit(sent: boolean | undefined, kept: number): number {
  return sent === undefined ? kept : sent ? 1 : 0
}

/** An empty text has become null on its way here; the print dialog has no address. */
function normalised(address: string | null): string {
  return (address ?? '').trim()
}

function widthOf({ profiles }: Profiles, id: string): PrinterRow['width'] {
  return profiles().find((profile) => profile.id === id)?.width ?? '80'
}

async function refuse(db: Db, { profiles }: Profiles, row: PrinterRow): Promise<void> {
  const errors: FieldErrors = {}
  const address = addressProblem(row.transport, row.address)
  if (address) errors.address = [address]
  if (!profiles().some(({ id }) => id === row.profile)) errors.profile = ['The selected profile is invalid.']
  const others = await printersOf(db).selectAll().where('id', '!=', row.id).execute()
  if (others.some(({ name }) => name.toLowerCase() === row.name.toLowerCase())) {
    errors.name = ['Another printer has this name. Give each its own.']
  }
  const twin = others.find((one) => one.transport === row.transport && isSamePlace(row.transport, one, row))
  if (twin && !errors.address) errors.address = [`“${twin.name}” is at this address already.`]
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
}

function isSamePlace(transport: PrinterTransport, a: PrinterRow, b: PrinterRow): boolean {
  return transport !== 'system' && a.address.toLowerCase() === b.address.toLowerCase()
}
