import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPrintJob, listPrintJobs } from '#contract/print-jobs.ts'
import {
  changePrinter,
  checkPrinter,
  createPrinter,
  deletePrinter,
  findPrinter,
  listPrinterProfiles,
  listPrinters,
  openDrawer,
  printTestPage,
  type Printer,
  type PrinterTransport,
} from '#contract/printers.ts'
import { createStation, findStation } from '#contract/stations.ts'
import { ApiError } from '#contract/errors.ts'
import { PrinterWatch } from '#server/features/printing/printers-watch.ts'
import type { Spool } from '#server/features/printing/spool.ts'
import type { PrinterRow } from '#server/features/printing/table.ts'
import { tcpTransport } from '#server/features/printing/transports/tcp.ts'
import type { PrinterStatus } from '#server/features/printing/transports/transport.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { startVirtualPrinter } from '#test/support/virtual-printer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function refusalOf(answer: Promise<unknown>): Promise<ApiError> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error('It was not refused.')
  return error
}

let names = 0
async function add(address: string, more: Partial<Printer> = {}): Promise<Printer> {
  const { name = `Printer ${(names += 1)}`, transport = 'tcp', has_drawer = false, profile } = more
  const body = { name, transport, address, has_drawer, ...(profile && { profile }) }
  return (await server.window.call(createPrinter, { body })).printer
}

const one = async (id: string): Promise<Printer> =>
  (await server.window.call(findPrinter, { params: { id } })).printer

/** A port that nobody listens at. */
async function deadAddress(): Promise<string> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  await new Promise((resolve) => listener.close(resolve))
  return `127.0.0.1:${port}`
}

describe('an address', () => {
  const wrong: readonly [PrinterTransport, string, RegExp][] = [
    ['tcp', '192.168.1.50', /host and the port/],
    ['tcp', '192.168.1.50:0', /from 1 to 65535/],
    ['tcp', '192.168.1.50:65536', /from 1 to 65535/],
    ['tcp', 'http://192.168.1.50:9100', /only the host/],
    ['tcp', 'owner:secret@192.168.1.50:9100', /no name or password/],
    ['tcp', '192.168.1.500:9100', /no host/],
    ['tcp', '192.168.1.50:9100/path', /host and the port/],
    ['tcp', '192.168.1.50:9100\r\nGET', /host and the port/],
    ['tcp', '[::1:9100', /host and the port/],
    ['tcp', '', /host and the port/],
    ['ipp', 'ipp://owner:secret@printer.local/ipp/print', /no name or password/],
    ['ipp', 'ftp://printer.local/', /ipp:\/\//],
    ['ipp', 'ipp://printer.local:0/ipp/print', /ipp:\/\//],
    ['ipp', 'printer.local', /ipp:\/\//],
    ['usb', '/dev/usb/lp0', /04b8:0e15/],
    ['usb', '04b8', /04b8:0e15/],
    ['serial', '/etc/passwd', /ttyUSB0/],
    ['serial', '/dev/../etc/passwd', /ttyUSB0/],
    ['serial', '/dev/ttyUSB0?baud=1', /ttyUSB0/],
    ['serial', '/dev/ttyUSB0?parity=odd', /ttyUSB0/],
    ['spooler', '', /name of a printer/],
    ['system', 'something', /no address/],
  ]
  it.each(wrong)('%s %s is refused with a sentence', async (transport, address, sentence) => {
    const error = await refusalOf(add(address, { transport }))
    expect([error.status, error.errors?.['address']?.[0]]).toEqual([422, expect.stringMatching(sentence)])
  })

  const right: readonly [PrinterTransport, string][] = [
    ['tcp', 'kitchen-printer.local:9100'],
    ['tcp', '[fd00::12]:9100'],
    ['ipp', 'ipps://printer.local:8631/ipp/print'],
    ['ipp', 'http://192.0.2.9:631/printers/Bar%20one'],
    ['usb', '04b8:0e15:J7AF012345'],
    ['serial', '/dev/ttyUSB0?baud=19200&flow=rtscts'],
    ['serial', 'COM3?baud=9600'],
    ['spooler', 'EPSON TM-T20III Receipt'],
    ['system', ''],
  ]
  it.each(right)('%s %s is taken', async (transport, address) => {
    const printer = await add(address, { transport })
    expect(printer).toMatchObject({ transport, address, is_exclusive: true, proof: 'unknown', waiting: 0 })
    await server.window.call(deletePrinter, { params: { id: printer.id } })
  })

  it('that another printer has is refused, and so are its name and a model that does not exist', async () => {
    const address = await deadAddress()
    const printer = await add(address, { name: 'Kitchen' })
    expect(
      (await refusalOf(add(address.toUpperCase(), { name: 'KITCHEN', profile: 'none' }))).errors,
    ).toEqual({
      address: ['“Kitchen” is at this address already.'],
      name: ['Another printer has this name. Give each its own.'],
      profile: ['The selected profile is invalid.'],
    })
    await server.window.call(deletePrinter, { params: { id: printer.id } })
  })
})

describe('a printer', () => {
  it('is asked once it is added what it can prove, and is forgotten when it is another one', async () => {
    await using machine = await startVirtualPrinter()
    const printer = await add(`127.0.0.1:${machine.port}`)
    await expect.poll(() => one(printer.id)).toMatchObject({ proof: 'process_id', state: 'ready' })
    expect(machine.tickets()).toEqual([])
    const change = { params: { id: printer.id }, body: { address: await deadAddress() } }
    const { printer: moved } = await server.window.call(changePrinter, change)
    expect(moved).toMatchObject({ proof: 'unknown', state: 'unknown' })
    await expect.poll(async () => (await one(printer.id)).state_reason).toContain('takes no print jobs')
    await server.window.call(deletePrinter, { params: { id: printer.id } })
  })

  it('of an old make proves by its status, and a mute one nothing, which is said', async () => {
    await using clone = await startVirtualPrinter({ faults: { noProof: true } })
    await using mute = await startVirtualPrinter({ faults: { mute: true } })
    const [a, b] = [await add(`127.0.0.1:${clone.port}`), await add(`127.0.0.1:${mute.port}`)]
    await expect.poll(() => one(a.id), { timeout: 8000 }).toMatchObject({ proof: 'status', state: 'ready' })
    await expect.poll(() => one(b.id), { timeout: 8000 }).toMatchObject({ proof: 'none', state: 'unknown' })
    expect((await one(b.id)).state_reason).toContain('says nothing of itself')
    for (const { id } of [a, b]) await server.window.call(deletePrinter, { params: { id } })
  })

  it('that is out of paper, open, or gone says so when it is checked, with what to do', async () => {
    await using machine = await startVirtualPrinter()
    const { id } = await add(`127.0.0.1:${machine.port}`)
    const params = { id }
    const check = async () => (await server.window.call(checkPrinter, { params })).printer
    expect(await check()).toMatchObject({ state: 'ready', state_reason: null })
    await machine.set({ paperOut: true })
    expect(await check()).toMatchObject({
      state: 'paper_out',
      state_reason: expect.stringContaining('Put in') as string,
    })
    await machine.set({ paperOut: false, coverOpen: true })
    expect((await check()).state).toBe('cover_open')
    await machine.set({ coverOpen: false, paperNearEnd: true })
    expect((await check()).state).toBe('paper_low')
    await machine.set({ refuse: true })
    expect(await check()).toMatchObject({ state: 'offline', proof: 'process_id' })
    await server.window.call(deletePrinter, { params })
  })

  it('prints a test page of its own profile, with every code page on it', async () => {
    await using machine = await startVirtualPrinter()
    const { id } = await add(`127.0.0.1:${machine.port}`, { profile: 'epson-tm-t20' })
    await expect.poll(async () => (await one(id)).proof).toBe('process_id')
    const { print_job_id } = await server.window.call(printTestPage, { params: { id } })
    const job = async () =>
      (await server.window.call(findPrintJob, { params: { id: print_job_id } })).print_job
    await expect.poll(async () => (await job()).state, { timeout: 10_000 }).toBe('printed')
    const paper = machine
      .tickets()
      .map(({ text }) => text)
      .join('\n')
    const pages = ['0: cp437', '16: cp1252', '19: cp858', '|']
    expect(pages.filter((part) => paper.includes(part))).toEqual(pages)
    await server.window.call(deletePrinter, { params: { id } })
  })

  it('opens its drawer once; one without a drawer says that it has none', async () => {
    await using machine = await startVirtualPrinter()
    const { id } = await add(`127.0.0.1:${machine.port}`, { has_drawer: true })
    await expect.poll(async () => (await one(id)).proof).toBe('process_id')
    await server.window.call(openDrawer, { params: { id } })
    await expect.poll(() => machine.pulses().length, { timeout: 5000 }).toBe(1)
    await server.window.call(changePrinter, { params: { id }, body: { has_drawer: false } })
    const refusal = await refusalOf(server.window.call(openDrawer, { params: { id } }))
    expect([refusal.status, refusal.message]).toEqual([422, expect.stringContaining('no drawer')])
    await server.window.call(deletePrinter, { params: { id } })
    expect(machine.pulses().length).toBe(1)
  })

  it('that is removed leaves its stations, and what waited for it waits for a person', async () => {
    const printer = await add(await deadAddress(), { name: 'Bar' })
    const params = { id: printer.id }
    const body = { name: 'Bar', printer_ids: [printer.id] }
    const { station } = await server.window.call(createStation, { body })
    const { print_job_id } = await server.window.call(printTestPage, { params })
    expect((await one(printer.id)).waiting).toBe(1)
    await server.window.call(deletePrinter, { params })
    expect((await refusalOf(server.window.call(findPrinter, { params }))).status).toBe(404)
    const kept = await server.window.call(findStation, { params: { id: station.id } })
    expect(kept.station.printer_ids).toEqual([])
    const job = async () =>
      (await server.window.call(findPrintJob, { params: { id: print_job_id } })).print_job
    await expect
      .poll(job)
      .toMatchObject({ state: 'held', reason: expect.stringContaining('removed') as string })
  })

  it('is changed under If-Match, and being seen is no change', async () => {
    await using machine = await startVirtualPrinter()
    const { id } = await add(`127.0.0.1:${machine.port}`)
    const path = `/api/local/printers/${id}`
    const first = await server.fetch(path)
    await server.window.call(checkPrinter, { params: { id } })
    const headers = { 'If-Match': first.headers.get('etag') ?? '', 'Content-Type': 'application/json' }
    const change = (name: string) =>
      server.fetch(path, { method: 'PATCH', headers, body: JSON.stringify({ name }) })
    expect([(await change('Pass')).status, (await change('Other')).status]).toEqual([200, 412])
    await server.window.call(deletePrinter, { params: { id } })
  })
})

describe('printers', () => {
  it('are for the owner of this device: no token of a business may see or move them', async () => {
    const staff = await server.withToken(['restaurant:read', 'restaurant:write'])
    expect((await refusalOf(staff.call(listPrinters, {}))).status).toBe(403)
    const { printer_profiles } = await server.window.call(listPrinterProfiles, {})
    expect(printer_profiles).toContainEqual({
      id: 'generic-58',
      name: 'ESC/POS, 58 mm',
      language: 'escpos',
      width: '58',
    })
    const { print_jobs } = await server.window.call(listPrintJobs, { query: { state: 'stuck' } })
    expect(print_jobs.data.every(({ reason }) => reason !== null)).toBe(true)
  })
})

describe('the look at idle printers', () => {
  it('finds the end of the paper by itself while a window is open, and asks nobody when none is', async () => {
    await using machine = await startVirtualPrinter()
    const { id } = await add(`127.0.0.1:${machine.port}`)
    await expect.poll(async () => (await one(id)).state).toBe('ready')
    const { context } = server.server
    const asked: string[] = []
    const seen: string[] = []
    const spool = {
      transportFor: (printer: PrinterRow) => {
        asked.push(printer.id)
        return tcpTransport(printer.address)
      },
      sawPrinter: async (_id: string, { state }: PrinterStatus) => void seen.push(state),
    }
    const watch = new PrinterWatch({ context, spool: spool as unknown as Spool }, 20)
    watch.start()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asked).not.toContain(id)
    await machine.set({ paperOut: true })
    const stop = context.events.watch(() => {})
    await expect.poll(() => seen).toContain('paper_out')
    stop()
    await watch.close()
    await server.window.call(deletePrinter, { params: { id } })
  })
})
