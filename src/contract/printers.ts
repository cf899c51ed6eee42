import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { PaperWidth } from './ticket.ts'

/**
 * How bytes get to a printer: `tcp` host:port (9100), `usb` vendor:product:serial, `serial` device path with speed,
 * `ipp` an ipp:// address, `spooler` a queue of the operating system fed raw, `system` the system's print dialog.
 */
export const PrinterTransport = Type.Enum(['tcp', 'usb', 'serial', 'ipp', 'spooler', 'system'])
export type PrinterTransport = Static<typeof PrinterTransport>

/** How a printer proves that paper came out, found by asking it once; `none` can only be sent to. */
export const PrinterProof = Type.Enum(['unknown', 'process_id', 'status', 'ipp', 'star_counter', 'none'])
export type PrinterProof = Static<typeof PrinterProof>

export const PrinterState = Type.Enum([
  'unknown',
  'ready',
  'printing',
  'paper_low',
  'paper_out',
  'cover_open',
  'error',
  'busy',
  'offline',
])
export type PrinterState = Static<typeof PrinterState>

export const Printer = Type.Object({
  id: Id,
  name: Type.String(),
  transport: PrinterTransport,
  /** Where it is, written as its transport wants it. */
  address: Type.String(),
  /** The model's description: paper, code pages, cutter (`listPrinterProfiles`). */
  profile: Type.String(),
  width: PaperWidth,
  /** Nobody else prints on it, so its cutter's counter is evidence after a crash. */
  is_exclusive: Type.Boolean(),
  has_drawer: Type.Boolean(),
  proof: PrinterProof,
  state: PrinterState,
  /** What is wrong and what to do, for a person; null when nothing is. */
  state_reason: Nullable(Type.String()),
  state_at: Nullable(Timestamp),
  is_paused: Type.Boolean(),
  /** Jobs that wait for it. */
  waiting: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Printer = Static<typeof Printer>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 60 }),
  transport: PrinterTransport,
  /** Empty for `system`. */
  address: Type.String({ maxLength: 500, 'x-raw': true }),
  profile: Type.Optional(Type.String({ maxLength: 60 })),
  width: Type.Optional(PaperWidth),
  is_exclusive: Type.Optional(Type.Boolean()),
  has_drawer: Type.Optional(Type.Boolean()),
  is_paused: Type.Optional(Type.Boolean()),
}

const one = Type.Object({ printer: Printer })
const shape = { tag: 'This device', access: 'device', throttle: 'none', scope: 'local:admin' } as const

export const listPrinters = defineEndpoint({
  ...shape,
  name: 'listPrinters',
  method: 'GET',
  path: '/api/local/printers',
  summary: 'The printers of this device, with their state as last seen',
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({ printers: Paginated(Printer) }),
})

export const createPrinter = defineEndpoint({
  ...shape,
  name: 'createPrinter',
  method: 'POST',
  path: '/api/local/printers',
  summary: 'Add a printer',
  body: Type.Object(fields),
  status: 201,
  reply: one,
})

export const findPrinter = defineEndpoint({
  ...shape,
  name: 'findPrinter',
  method: 'GET',
  path: '/api/local/printers/{id}',
  summary: 'One printer',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changePrinter = defineEndpoint({
  ...shape,
  name: 'changePrinter',
  method: 'PATCH',
  path: '/api/local/printers/{id}',
  summary: 'Change a printer',
  params: IdParams,
  body: Type.Object({
    ...fields,
    name: Type.Optional(fields.name),
    transport: Type.Optional(fields.transport),
    address: Type.Optional(fields.address),
  }),
  status: 200,
  reply: one,
})

export const deletePrinter = defineEndpoint({
  ...shape,
  name: 'deletePrinter',
  method: 'DELETE',
  path: '/api/local/printers/{id}',
  summary: 'Remove a printer; what waits for it goes to the station’s next one, or waits for a person',
  params: IdParams,
  status: 204,
})

export const checkPrinter = defineEndpoint({
  ...shape,
  name: 'checkPrinter',
  method: 'POST',
  path: '/api/local/printers/{id}/check',
  summary: 'Ask a printer how it is, and once what it can prove',
  params: IdParams,
  status: 200,
  reply: one,
})

export const printTestPage = defineEndpoint({
  ...shape,
  name: 'printTestPage',
  method: 'POST',
  path: '/api/local/printers/{id}/test-page',
  summary: 'Print a page with every code page, a ruler, a picture and a QR code',
  params: IdParams,
  status: 202,
  reply: Type.Object({ print_job_id: Id }),
})

export const openDrawer = defineEndpoint({
  ...shape,
  name: 'openDrawer',
  method: 'POST',
  path: '/api/local/printers/{id}/open-drawer',
  summary: 'Open the cash drawer; sent at most once, never again by itself',
  params: IdParams,
  status: 202,
  reply: Type.Object({ print_job_id: Id }),
})

export const FoundPrinter = Type.Object({
  name: Type.String(),
  transport: PrinterTransport,
  address: Type.String(),
  /** A guess at the model; null when nothing tells. */
  profile: Nullable(Type.String()),
  /** How it was found, in words: the network's announcements, USB, the system's printers, a probe of port 9100. */
  found_by: Type.String(),
})
export type FoundPrinter = Static<typeof FoundPrinter>

export const discoverPrinters = defineEndpoint({
  ...shape,
  name: 'discoverPrinters',
  method: 'POST',
  path: '/api/local/printers/discover',
  summary: 'Look for printers on the network, on USB and among the system’s own; takes some seconds',
  body: Type.Object({
    /** Also knock at port 9100 of every address of this machine's own networks (at most 256 each). */
    probe_network: Type.Optional(Type.Boolean()),
  }),
  status: 200,
  reply: Type.Object({ printers: Type.Array(FoundPrinter), problems: Type.Array(Type.String()) }),
})

export const PrinterProfileInfo = Type.Object({
  id: Type.String(),
  name: Type.String(),
  language: Type.String(),
  width: PaperWidth,
})

export const listPrinterProfiles = defineEndpoint({
  ...shape,
  name: 'listPrinterProfiles',
  method: 'GET',
  path: '/api/local/printer-profiles',
  summary: 'The models that the app knows',
  status: 200,
  reply: Type.Object({ printer_profiles: Type.Array(PrinterProfileInfo) }),
})
