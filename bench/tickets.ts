/**
 * A ticket laid out and encoded, once all letters and once with Chinese and Arabic, beside two libraries given the
 * same words. They cannot print what is not on a code page: they write `?` or garbage in its place, so the second
 * pair compares our picture with their failure. `node bench/tickets.ts [--rounds N]`
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createCanvas } from '@napi-rs/canvas'
import PosEncoder from '@point-of-sale/receipt-printer-encoder'
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import type { Ticket, TicketLine } from '#contract/ticket.ts'
import { createTicketPress, encodeTicket } from '#server/features/tickets/encode-ticket.ts'
import { findProfile } from '#server/features/tickets/printer-profiles.ts'
import { median, quantile, report, takeTurns, timed, type Result } from './measure.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '400' } } })
const fontDir = fileURLToPath(new URL('../node_modules/@fontsource', import.meta.url))
const profile = findProfile('epson-tm-t20')!

function lineOf(name: string, note: string | null = null): TicketLine {
  const modifiers = [{ name: 'Extra cheese', quantity: 1, price: 150 }]
  return { quantity: 2, name, modifiers, allergens: ['gluten', 'milk'], note, total: 2500 }
}

function logo(): string {
  const canvas = createCanvas(200, 64)
  const context = canvas.getContext('2d')
  context.fillStyle = '#222'
  context.fillRect(0, 0, 200, 64)
  context.clearRect(40, 16, 120, 32)
  return canvas.toBuffer('image/png').toString('base64')
}

function ticketOf(names: readonly string[], note: string): Ticket {
  return {
    kind: 'guest',
    order_intent_id: null,
    revision: 1,
    shop: { name: 'Café Señor', lines: ['Prinsengracht 1', 'VAT NL001234567B01'], logo: logo() },
    order_number: '42',
    station_number: null,
    station: null,
    service_type: 'dine_in',
    table: '12',
    guest_count: 4,
    customer: null,
    lines: names.map((name) => lineOf(name)),
    notes: note,
    placed_at: '2026-11-23T09:30:00.000000Z',
    accepted_at: '2026-11-23T09:31:00.000000Z',
    timezone: 'Europe/Amsterdam',
    locale: 'en-GB',
    currency: 'EUR',
    total: 10_000,
    qr: { text: 'https://qrscan.ink/r/abcdef', caption: 'Pay here' },
    footer: 'Thank you — à bientôt',
  }
}

/** The rows that the peers print, of the same words. */
function rowsOf(ticket: Ticket): { head: string[]; lines: [string, string][]; total: string; foot: string } {
  return {
    head: [...ticket.shop.lines, `Table ${ticket.table}`, '4 guests', '23 Nov 2026  10:30'],
    lines: ticket.lines.flatMap((line): [string, string][] => [
      [`2x ${line.name}`, '25.00'],
      ['   + Extra cheese (1.50)', ''],
      ['   !! GLUTEN, MILK', ''],
    ]),
    total: '€100.00',
    foot: ticket.footer ?? '',
  }
}

function encodeWithPos(ticket: Ticket): Uint8Array {
  const { head, lines, total, foot } = rowsOf(ticket)
  const encoder = new PosEncoder({ language: 'esc-pos', columns: 48, printerModel: 'epson-tm-t20iii' })
  encoder.initialize().codepage('auto').align('center')
  encoder.width(2).height(2).line(ticket.shop.name).width(1).height(1)
  for (const row of head) encoder.line(row)
  encoder.align('left').rule()
  const columns = [
    { width: 38, align: 'left' as const },
    { width: 10, align: 'right' as const },
  ]
  encoder.table(columns, lines).rule()
  encoder.width(2).height(2).line(`TOTAL ${total}`).width(1).height(1)
  encoder
    .line(ticket.notes ?? '')
    .align('center')
    .qrcode(ticket.qr!.text, { model: 2, size: 6, errorlevel: 'm' })
  return encoder.line(foot).cut('partial').encode()
}

async function encodeWithThermal(ticket: Ticket): Promise<Buffer> {
  const { head, lines, total, foot } = rowsOf(ticket)
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    width: 48,
    interface: 'tcp://127.0.0.1:9',
    characterSet: CharacterSet.PC858_EURO,
  })
  printer.alignCenter()
  printer.setTextDoubleHeight()
  printer.println(ticket.shop.name)
  printer.setTextNormal()
  for (const row of head) printer.println(row)
  printer.alignLeft()
  printer.drawLine()
  for (const [left, right] of lines) printer.leftRight(left, right)
  printer.drawLine()
  printer.setTextDoubleHeight()
  printer.println(`TOTAL ${total}`)
  printer.setTextNormal()
  printer.println(ticket.notes ?? '')
  printer.printQR(ticket.qr!.text, { cellSize: 6, correction: 'M', model: 2 })
  printer.println(foot)
  printer.cut()
  return await Promise.resolve(printer.getBuffer())
}

/** Ours and one peer, turn by turn; a pair of its own for each, so that a slow peer leaves the other its rounds. */
async function compare(ticket: Ticket, theirs: (ticket: Ticket) => unknown): Promise<[number[], number[]]> {
  const press = createTicketPress(fontDir)
  const contenders = { ours: () => encodeTicket(ticket, profile, press), theirs: () => theirs(ticket) }
  await takeTurns(contenders, 50)
  const times = await takeTurns(contenders, Number(values.rounds))
  return [times.ours, times.theirs]
}

async function measure(what: string, ticket: Ticket, limit: number): Promise<Result[]> {
  const bench = 'tickets'
  const first = await timed(() => encodeTicket(ticket, profile, createTicketPress(fontDir)))
  const [ours, thermal] = await compare(ticket, encodeWithThermal)
  const [beside, pos] = await compare(ticket, encodeWithPos)
  const { bytes } = await encodeTicket(ticket, profile, createTicketPress(fontDir))
  const pair = (peer: string, mine: number[], theirs: number[]): Result => ({
    bench,
    what: `${what}, beside ${peer}`,
    ours: median(mine),
    peer: median(theirs),
    unit: 'ms',
    ratio: median(mine) / median(theirs),
    target: `< ${limit} ms`,
    met: median(mine) < limit,
  })
  return [
    pair('node-thermal-printer', ours, thermal),
    pair('receipt-printer-encoder on auto', beside, pos),
    { bench, what: `${what}, p99`, ours: quantile(ours, 0.99), unit: 'ms' },
    { bench, what: `${what}, the first, fonts and logo unread`, ours: first, unit: 'ms' },
    { bench, what: `${what}, its bytes`, ours: bytes.length, unit: 'B' },
  ]
}

const letters = ticketOf(
  ['Crème brûlée', 'Jalapeño burger', 'Bœuf bourguignon with potatoes', 'Soup'],
  'No salt',
)
const pictures = ticketOf(['宫保鸡丁 spicy', 'شاورما دجاج', '麻婆豆腐', 'Soup'], '少辣，谢谢')
report([
  ...(await measure('all letters', letters, 1.5)),
  ...(await measure('Chinese and Arabic', pictures, 25)),
])
