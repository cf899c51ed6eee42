import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, describe, expect, it } from 'vitest'
import type { Ticket } from '#contract/ticket.ts'
import { makeConfig } from '#server/entry-config.ts'
import { createTicketPress, encodeTicket } from '#server/features/tickets/encode-ticket.ts'
import { layOutTicket } from '#server/features/tickets/lay-out-ticket.ts'
import { findProfile } from '#server/features/tickets/printer-profiles.ts'
import { readTicket } from '#server/features/tickets/read-ticket.ts'
import { textOfTicket } from '#server/features/tickets/tape.ts'
import { ticketHtml } from '#server/features/tickets/ticket-html.ts'
import { ticketPdf } from '#server/features/tickets/ticket-pdf.ts'
import { ticketPng } from '#server/features/tickets/ticket-png.ts'
import { ticketText } from '#server/features/tickets/ticket-text.ts'
import { readCodes } from '#test/support/read-codes.ts'

const press = createTicketPress(makeConfig({}).fontDir)
const folder = mkdtempSync(join(tmpdir(), 'qrscan-forms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ticket: Ticket = {
  kind: 'guest',
  order_intent_id: 'o1',
  revision: 1,
  shop: { name: 'Zur Linde', lines: ['Hauptstraße 12'], logo: null },
  order_number: '42',
  station_number: 'K-0042',
  station: 'Kitchen',
  service_type: 'dine_in',
  table: 'Terrace 4',
  guest_count: 2,
  customer: null,
  lines: [
    { quantity: 2, name: 'Wiener Schnitzel', modifiers: [], allergens: ['gluten'], note: null, total: 3780 },
    {
      quantity: 1,
      name: '宫保鸡丁',
      modifiers: [],
      allergens: [],
      note: '<img src=x onerror=alert(1)>',
      total: 1490,
    },
  ],
  notes: 'Window & door "please"',
  placed_at: '2026-11-23T18:30:00.000000Z',
  accepted_at: '2026-11-23T18:31:00.000000Z',
  timezone: 'Europe/Vienna',
  locale: 'en-GB',
  currency: 'EUR',
  total: 5270,
  qr: { text: 'https://qrscan.ink/r/thanks', caption: null },
  footer: 'Thank you',
}

const profiles = ['generic-80', 'generic-58', 'star-tsp100', 'epson-tm-t88', 'xprinter-58'].flatMap(
  (id) => findProfile(id) ?? [],
)

function has(tool: string): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function zbar(name: string, png: Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, png)
  return execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' })
}

async function pixelsOf(png: Buffer): Promise<{ data: Uint8ClampedArray; width: number; height: number }> {
  const image = await loadImage(png)
  const { width, height } = image
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  return { data: context.getImageData(0, 0, width, height).data, width, height }
}

describe('the paper of a ticket', () => {
  it.each(profiles)(
    'is decoded from the bytes of $id without a command it does not know',
    async (profile) => {
      const { bytes } = await encodeTicket(ticket, profile, press)
      const tape = readTicket(bytes, profile)
      expect(tape.unknown).toEqual([])
      expect(tape.pulses).toEqual([])
      expect(tape.tickets).toHaveLength(1)
      const text = textOfTicket(tape.tickets[0]!)
      for (const word of ['42', 'K-0042', 'Terrace 4', 'Wiener Schnitzel', '37.80', '52.70', 'Thank you']) {
        expect(text).toContain(word)
      }
    },
  )

  it.each(profiles)('of $id has a code that others read', async (profile) => {
    const { bytes } = await encodeTicket(ticket, profile, press)
    const png = ticketPng(bytes, profile, press)
    expect(png.readUInt32BE(16)).toBe(profile.dots + 40)
    expect(await readCodes(png)).toContain('https://qrscan.ink/r/thanks')
    if (has('zbarimg')) expect(zbar('paper.png', png)).toContain('https://qrscan.ink/r/thanks')
  })

  it('is black where the printer burns and white elsewhere', async () => {
    const profile = findProfile('generic-80')!
    const { bytes } = await encodeTicket(ticket, profile, press)
    const { data, width, height } = await pixelsOf(ticketPng(bytes, profile, press))
    const dark = data.filter((value, at) => at % 4 === 0 && value === 0).length
    expect(dark / (width * height)).toBeGreaterThan(0.02)
    expect(dark / (width * height)).toBeLessThan(0.3)
    expect(data.every((value) => value === 0 || value === 255)).toBe(true)
  })
})

describe('other forms of a ticket', () => {
  const profile = findProfile('generic-80')!
  const layout = layOutTicket(ticket, profile)

  it('text has no line wider than the paper', () => {
    const text = ticketText(layout)
    expect(text).toContain('2x Wiener Schnitzel')
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(profile.columns)
  })

  it('HTML holds what a guest wrote as text alone', () => {
    const html = ticketHtml(layout, 80, 'Ticket <42>')
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;img src=x')
    expect(html).toContain('Ticket &lt;42&gt;')
    expect(html).toContain("default-src 'none'")
  })

  it.skipIf(!has('pdftotext'))(
    'PDF is one page of the paper’s width, with words that can be found',
    async () => {
      const { bytes } = await encodeTicket(ticket, profile, press)
      const pdf = await ticketPdf(bytes, layout, profile, press)
      const file = join(folder, 'ticket.pdf')
      writeFileSync(file, pdf)
      const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
      expect(text).toContain('Wiener Schnitzel')
      expect(text).toContain('52.70')
      const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
      expect(info).toMatch(/Pages:\s+1\n/)
      expect(Number(/Page size:\s+([\d.]+)/.exec(info)?.[1])).toBeCloseTo((80 * 72) / 25.4, 0)
      expect(await ticketPdf(bytes, layout, profile, press)).toEqual(pdf)
      execFileSync('pdftoppm', ['-r', '203', '-png', '-singlefile', file, join(folder, 'page')])
      expect(await readCodes(readFileSync(join(folder, 'page.png')))).toEqual(['https://qrscan.ink/r/thanks'])
    },
  )
})
