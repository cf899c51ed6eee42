import { createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeDrawerPulse } from '#server/features/tickets/encode-drawer-pulse.ts'
import { encodeMark } from '#server/features/tickets/encode-mark.ts'
import { encodeTestPage } from '#server/features/tickets/encode-test-page.ts'
import { encodeTicket } from '#server/features/tickets/encode-ticket.ts'
import { listProfiles } from '#server/features/tickets/printer-profiles.ts'
import { findRealTimeCommand } from '#server/features/tickets/real-time-commands.ts'
import { readCodes } from '#test/support/read-codes.ts'
import { inkSpan, pictures, readCommands, textRows, widestRow } from './read-commands.ts'
import { profileOf, sampleLine, samplePress, sampleTicket } from './sample-ticket.ts'

const press = samplePress()
const epson = profileOf('epson-tm-t20')
const narrow = profileOf('generic-58')

test('a small ticket is these bytes', async () => {
  const { bytes, markAt, mode, unprintable } = await encodeTicket(sampleTicket(), epson, press)
  const style = (size: number, bold: number, inverse: number) =>
    Buffer.from([0x1d, 0x21, size, 0x1b, 0x45, bold, 0x1d, 0x42, inverse])
  const expected = Buffer.concat([
    Buffer.from([0x1b, 0x40, 0x1b, 0x52, 0, 0x1b, 0x74, 0]),
    Buffer.from(`${' '.repeat(22)}Cafe\n`),
    style(0x01, 1, 0),
    Buffer.from(`GRILL${' '.repeat(37)}K-0042\n`),
    style(0x33, 1, 0),
    Buffer.from(`${' '.repeat(5)}42\n`),
    style(0x22, 1, 0),
    Buffer.from(`${' '.repeat(4)}Table 7\n`),
    style(0, 0, 0),
    Buffer.from(`23 Nov 2026${' '.repeat(25)}Placed 10:30\n${'-'.repeat(48)}\n`),
    style(0x11, 1, 0),
    Buffer.from('1x Soup\n'),
    style(0, 0, 0),
    Buffer.from([0x1b, 0x64, 1, 0x1d, 0x56, 66, 0]),
  ])
  expect(bytes.toString('latin1')).toBe(expected.toString('latin1'))
  expect({ markAt, mode, unprintable }).toEqual({ markAt: 8, mode: 'text', unprintable: [] })
})

test('a guest reads names at the left, amounts at the right, and the total in the currency', async () => {
  const line = sampleLine({
    quantity: 2,
    name: 'Burger with fries and a long name that needs a second row',
    modifiers: [{ name: 'Cheese', quantity: 1, price: 150 }],
    allergens: ['gluten', 'milk'],
    total: 2500,
  })
  const ticket = sampleTicket({ kind: 'guest', lines: [line], total: 2500 })
  const rows = textRows((await encodeTicket(ticket, epson, press)).bytes)
  const first = rows.findIndex((row) => row.startsWith('2x'))
  expect(rows.slice(first, first + 6)).toEqual([
    '2x Burger with fries and a long name that  25.00',
    '   needs a second row',
    '   + Cheese (1.50)',
    '   !! GLUTEN, MILK',
    '='.repeat(48),
    'TOTAL             ?25.00',
  ])
})

test('pages are changed only where the page in force does not have the next letters', async () => {
  const lines = ['Crème brûlée', 'Œuf', 'Борщ', 'Щи', 'Soup', 'Žemlovka'].map((name) => sampleLine({ name }))
  const { bytes, mode } = await encodeTicket(sampleTicket({ lines }), epson, press)
  const pages = readCommands(bytes).flatMap(({ name, data }) => (name === 'page' ? [data[0]] : []))
  // 437 from the start, 1252 for Œ, 866 for Cyrillic, and one that has Ž.
  expect(mode).toBe('text')
  expect(pages.slice(0, 2)).toEqual([0, 16])
  expect(pages).toHaveLength(4)
})

test('a printer that has no page for the letters gets a picture of that row alone', async () => {
  const lines = [sampleLine({ name: 'Борщ' }), sampleLine({ name: 'Plain' })]
  const { bytes, mode } = await encodeTicket(sampleTicket({ lines }), profileOf('plain-80'), press)
  expect(mode).toBe('mixed')
  expect(pictures(bytes)).toHaveLength(1)
  expect(textRows(bytes)).toContain('1x Plain')
})

describe('every script', () => {
  test.each([
    ['Chinese', '宫保鸡丁'],
    ['Japanese', 'ラーメン'],
    ['Korean', '비빔밥'],
    ['Arabic', 'شاورما'],
    ['Hebrew', 'שווארמה'],
    ['Thai', 'ผัดไทย'],
    ['Devanagari', 'पनीर टिक्का'],
    ['emoji', '🍕🔥☕'],
    ['Vietnamese', 'Phở bò'],
  ])('%s is drawn, with a glyph of ours for each character', async (_, name) => {
    const ticket = sampleTicket({ lines: [sampleLine({ name })] })
    const { bytes, mode, unprintable } = await encodeTicket(ticket, epson, press)
    expect({ mode, unprintable }).toEqual({ mode: 'mixed', unprintable: [] })
    const [picture] = pictures(bytes)
    expect(picture!.height).toBe(60)
    expect(inkSpan(picture!).right).toBeGreaterThan(120)
  })

  test('letters that no font of ours has are named', async () => {
    const ticket = sampleTicket({ lines: [sampleLine({ name: 'ხაჭაპური' })] })
    const { unprintable } = await encodeTicket(ticket, epson, press)
    expect(unprintable).toContain('ხ')
  })

  test('an Arabic name does not move the price: the amount is where it is for a Latin one', async () => {
    const line = sampleLine({ name: 'شاورما', total: 750 })
    const ticket = sampleTicket({ kind: 'guest', lines: [line], total: null, locale: 'en' })
    const [picture] = pictures((await encodeTicket(ticket, epson, press)).bytes)
    const span = inkSpan(picture!)
    // Quantity at the very left, amount at the very right of 576 dots.
    expect(span.left).toBeLessThan(8)
    expect(span.right).toBeGreaterThan(566)
    const rightPart = columnsWithInk(picture!, 380, 576)
    expect(Math.min(...rightPart)).toBeGreaterThan(510)
  })
})

function pngOf({ stride, height, data }: ReturnType<typeof pictures>[number]): Buffer {
  const canvas = createCanvas(stride * 8 + 64, height + 64)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < stride * 8; x++) {
      if (data[y * stride + (x >> 3)]! & (0x80 >> (x & 7))) context.fillRect(x + 32, y + 32, 1, 1)
    }
  }
  return canvas.toBuffer('image/png')
}

function columnsWithInk(
  { stride, height, data }: ReturnType<typeof pictures>[number],
  from: number,
  to: number,
) {
  const columns: number[] = []
  for (let x = from; x < Math.min(to, stride * 8); x++) {
    const isInked = (y: number) => (data[y * stride + (x >> 3)]! & (0x80 >> (x & 7))) !== 0
    if (Array.from({ length: height }, (_, y) => isInked(y)).includes(true)) columns.push(x)
  }
  return columns
}

test('Arabic letters are joined: one word of joining letters is one piece of ink', async () => {
  const notes = 'بيبسي'
  const { bytes } = await encodeTicket(sampleTicket({ notes, lines: [] }), epson, press)
  const columns = columnsWithInk(pictures(bytes)[0]!, 80, 576)
  const gaps = columns.filter((x, index) => index > 0 && x - columns[index - 1]! > 1)
  expect(columns.length).toBeGreaterThan(30)
  expect(gaps).toEqual([])
})

test('a call for service is its table in large letters and what is wanted', async () => {
  const ticket = sampleTicket({
    kind: 'service',
    order_number: '',
    station_number: null,
    lines: [],
    notes: 'Bill',
  })
  const rows = textRows((await encodeTicket(ticket, epson, press)).bytes)
  expect(rows.map((row) => row.trim())).toEqual([
    'Cafe',
    'GRILL',
    'Table 7',
    expect.stringMatching(/^23 Nov 2026 +Placed 10:30$/),
    '-'.repeat(48),
    'Note: Bill',
  ])
})

describe('text of guests', () => {
  test('commands inside it do not reach the printer', async () => {
    const evil = '\u001b@\u001bp\u0000\u0019\u00fa\u001dV\u0000\u0010\u0014\u0001\u0000\u0005\u009b\u007f'
    const line = sampleLine({ name: evil, note: evil, modifiers: [{ name: evil, quantity: 1, price: 0 }] })
    const ticket = sampleTicket({
      lines: [line],
      notes: evil,
      table: evil,
      footer: evil,
      order_number: evil,
      station: evil,
      station_number: evil,
      shop: { name: evil, lines: [evil], logo: null },
      customer: { name: evil, phone: evil },
      qr: { text: evil, caption: evil },
    })
    for (const kind of ['kitchen', 'guest'] as const) {
      const { bytes } = await encodeTicket({ ...ticket, kind }, epson, press)
      const names = readCommands(bytes).map(({ name }) => name)
      expect(names.filter((name) => name === 'initialise')).toHaveLength(1)
      expect(names.filter((name) => name === 'cut')).toHaveLength(1)
      expect(names.at(-1)).toBe('cut')
    }
  })

  test('whatever it is, the bytes are commands of ours and letters, and no row is wider than the paper', async () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 80 }))
    const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    const kinds = fc.constantFrom('kitchen', 'guest', 'void')
    const sizes = fc.constantFrom(epson, narrow)
    await fc.assert(
      fc.asyncProperty(
        anything,
        anything,
        amounts,
        kinds,
        sizes,
        async (name, note, total, kind, profile) => {
          const modifiers = [{ name: note, quantity: 2, price: total }]
          const ticket = sampleTicket({
            kind,
            lines: [sampleLine({ name, note, modifiers, total, quantity: Math.abs(total) })],
            notes: name,
            table: note,
            station: name,
            station_number: note,
            order_number: name,
            shop: { name: note, lines: [name], logo: null },
            total,
            footer: note,
          })
          const { bytes } = await encodeTicket(ticket, profile, press)
          expect(findRealTimeCommand(bytes)).toBe(-1)
          expect(widestRow(bytes)).toBeLessThanOrEqual(profile.columns)
          for (const { stride } of pictures(bytes)) expect(stride * 8).toBeLessThanOrEqual(profile.dots)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('an amount that leaves no room for the words beside it goes below them', async () => {
    const ticket = sampleTicket({
      kind: 'guest',
      lines: [sampleLine({ quantity: 1_000_000, total: 1_000_000_000_000 })],
    })
    const rows = textRows((await encodeTicket(ticket, { ...narrow, columns: 24, dots: 288 }, press)).bytes)
    expect(rows).toContain('1000000x Soup')
    expect(rows).toContain('10,000,000,000.00'.padStart(24))
  })

  test('a note of ten thousand characters is printed whole', async () => {
    const words = Array.from({ length: 1700 }, (_, index) => `w${index}`)
    const ticket = sampleTicket({ notes: words.join(' ') })
    const text = textRows((await encodeTicket(ticket, epson, press)).bytes).join(' ')
    expect(text.match(/w\d+/g)).toEqual(words)
  })
})

test('a ticket taken back says so in white on black, as large as the paper allows', async () => {
  const { bytes } = await encodeTicket(sampleTicket({ kind: 'void' }), narrow, press)
  const commands = readCommands(bytes)
  const at = commands.findIndex(({ name, data }) => name === 'text' && data.includes('* VOID *'))
  const before = commands.slice(0, at)
  expect(before.findLast(({ name }) => name === 'inverse')!.data[0]).toBe(1)
  expect(before.findLast(({ name }) => name === 'size')!.data[0]).toBe(0x33)
})

test('times are those of the zone, and a zone nobody knows keeps nothing from being printed', async () => {
  const tokyo = await encodeTicket(sampleTicket({ timezone: 'Asia/Tokyo' }), epson, press)
  expect(textRows(tokyo.bytes).join('\n')).toContain('Placed 18:30')
  const nowhere = await encodeTicket(sampleTicket({ timezone: 'Mars/Base', locale: '??' }), epson, press)
  expect(textRows(nowhere.bytes).join('\n')).toContain('Placed 09:30')
})

describe('QR codes', () => {
  test('a printer that can draws its own', async () => {
    const ticket = sampleTicket({ qr: { text: 'https://qrscan.ink/r/abc', caption: null } })
    const { bytes } = await encodeTicket(ticket, epson, press)
    const symbols = readCommands(bytes).filter(({ name }) => name === 'symbol')
    expect(symbols).toHaveLength(5)
    expect(symbols[3]!.data.subarray(5).toString()).toBe('https://qrscan.ink/r/abc')
  })

  test('for others it is a picture on the paper', async () => {
    const ticket = sampleTicket({ qr: { text: 'https://qrscan.ink/r/abc', caption: null } })
    const [picture] = pictures((await encodeTicket(ticket, narrow, press)).bytes)
    const { left, right } = inkSpan(picture!)
    expect(left + right).toBeGreaterThan(narrow.dots - 20)
    expect(left + right).toBeLessThan(narrow.dots + 20)
  })

  test('the drawn one is read by a reader that shares no code with ours', async () => {
    for (const text of ['https://qrscan.ink/r/abc', `https://qrscan.ink/r/${'long'.repeat(40)}?q=é`]) {
      const ticket = sampleTicket({ qr: { text, caption: null } })
      const [picture] = pictures((await encodeTicket(ticket, narrow, press)).bytes)
      expect(await readCodes(pngOf(picture!))).toEqual([text])
    }
  })

  test('a text that no code on this paper can hold is left out', async () => {
    const ticket = sampleTicket({ qr: { text: 'x'.repeat(5000), caption: null } })
    const { bytes } = await encodeTicket(ticket, narrow, press)
    expect(pictures(bytes)).toEqual([])
  })
})

describe('the mark of a further copy', () => {
  test('nothing is said of a first copy', () => {
    expect(encodeMark({ reprint: 0, backupFor: null, mayBeDuplicate: false }, epson)).toHaveLength(0)
  })

  test('it says what it is, and leaves the printer as it was', async () => {
    const mark = encodeMark({ reprint: 2, backupFor: 'Küche', mayBeDuplicate: true }, epson)
    const rows = textRows(mark).map((row) => row.trim())
    expect(rows).toEqual(['REPRINT 2', 'BACKUP FOR K?che', 'MAY BE A DUPLICATE', ''])
    const { bytes, markAt } = await encodeTicket(sampleTicket(), epson, press)
    const sent = Buffer.concat([bytes.subarray(0, markAt), mark, bytes.subarray(markAt)])
    const last = (name: string) => readCommands(mark).findLast((command) => command.name === name)!.data[0]
    expect([last('size'), last('bold'), last('inverse'), last('page')]).toEqual([0, 0, 0, 0])
    expect(textRows(sent).slice(4)).toEqual(textRows(bytes))
  })

  test('a printer’s name with commands in it is a name', () => {
    const mark = encodeMark({ reprint: 1, backupFor: '\u001b@\n厨房', mayBeDuplicate: false }, epson)
    expect(readCommands(mark).some(({ name }) => name === 'initialise')).toBe(false)
  })
})

test('a drawer’s pulse is ESC p with both its times', () => {
  expect(encodeDrawerPulse(epson, 0)).toEqual(Buffer.from([0x1b, 0x70, 0, 0x32, 0xfa]))
  expect(encodeDrawerPulse(epson, 1)).toEqual(Buffer.from([0x1b, 0x70, 1, 0x32, 0xfa]))
})

test('a test page is made for every profile, and its ruler is as wide as the paper', async () => {
  for (const profile of listProfiles()) {
    const { bytes } = await encodeTestPage(profile, 'Café Noir', press)
    if (profile.language === 'star-line') continue
    const rows = textRows(bytes)
    expect(rows.find((row) => row.endsWith('|') && row.startsWith('....5'))).toHaveLength(profile.columns)
    for (const { page, name } of profile.codePages) expect(rows).toContain(`${page}: ${name}`)
  }
})

test('Star printers are spoken to in Star’s own commands', async () => {
  const star = profileOf('star-tsp650')
  const ticket = sampleTicket({ lines: [sampleLine({ name: '宫保鸡丁' })], qr: { text: 'x', caption: null } })
  const { bytes, markAt } = await encodeTicket(ticket, star, press)
  expect(bytes.subarray(0, markAt)).toEqual(Buffer.from([0x1b, 0x40, 0x1b, 0x52, 0, 0x1b, 0x1d, 0x74, 1]))
  const strip = bytes.indexOf(Buffer.from([0x1b, 0x58]))
  const width = bytes.readUInt16LE(strip + 2)
  // 60 rows are three strips of 24, each ended by a line feed.
  for (const index of [1, 2]) {
    const next = strip + index * (4 + width * 3 + 1)
    expect([...bytes.subarray(next, next + 2)]).toEqual([0x1b, 0x58])
  }
  expect(bytes.subarray(-3)).toEqual(Buffer.from([0x1b, 0x64, 3]))
  expect(encodeDrawerPulse(star, 0)).toEqual(Buffer.from([0x1b, 0x07, 10, 50, 0x07]))
})
