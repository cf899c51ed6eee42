import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEscPos } from '#server/features/tickets/decode-escpos.ts'
import { decodeStar } from '#server/features/tickets/decode-star.ts'
import { codePageTables } from '#server/features/tickets/code-page-tables.ts'
import { drawTape } from '#server/features/tickets/draw-tape.ts'
import { textOfTicket } from '#server/features/tickets/tape.ts'
import { samplePress } from './sample-ticket.ts'

const press = samplePress()

/** Bytes as a maker's manual writes them: text, or numbers. */
function bytes(...parts: (string | number)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
  )
}

const esc = 0x1b
const gs = 0x1d

describe('ESC/POS read back', () => {
  it('has lines of letters in their styles, from cut to cut', () => {
    const tape = decodeEscPos(
      bytes(
        esc,
        '@',
        esc,
        'a',
        1,
        gs,
        '!',
        0x11,
        'Big',
        0x0a,
        gs,
        '!',
        0,
        esc,
        'E',
        1,
        'bold',
        0x0a,
        gs,
        'V',
        66,
        0,
        'next',
        0x0a,
      ),
    )
    expect(tape.tickets).toHaveLength(2)
    expect(tape.tickets[0]).toMatchObject({
      isCut: true,
      items: [
        { kind: 'text', align: 'middle', runs: [{ text: 'Big', width: 2, height: 2 }] },
        { kind: 'text', runs: [{ text: 'bold', bold: true, width: 1 }] },
      ],
    })
    expect(tape.tickets[1]).toMatchObject({ isCut: false })
    expect(tape.unknown).toEqual([])
  })

  it('has letters of the page that was chosen, and ? where the printer has none', () => {
    const pages = [
      { page: 0, name: 'cp437' },
      { page: 19, name: 'cp858' },
    ] as const
    const tape = decodeEscPos(bytes(0x82, esc, 't', 19, 0xd5, esc, 't', 77, 0xd5, 0x0a), pages)
    expect(textOfTicket(tape.tickets[0]!)).toBe(`é${codePageTables.cp858[0xd5 - 0x80]}?`)
    expect(codePageTables.cp858[0xd5 - 0x80]).toBe('€')
  })

  it('has pictures in rows and in columns, dot for dot', () => {
    const rows = decodeEscPos(bytes(gs, 'v', '0', 0, 1, 0, 2, 0, 0b10000001, 0b01111110))
    expect(rows.tickets[0]!.items[0]).toMatchObject({
      kind: 'picture',
      bitmap: { stride: 1, height: 2, data: Buffer.from([0b10000001, 0b01111110]) },
    })
    const columns = decodeEscPos(bytes(esc, '*', 0, 2, 0, 0b10000000, 0b01000000, 0x0a))
    expect(columns.tickets[0]!.items[0]).toMatchObject({
      bitmap: { stride: 1, height: 8, data: Buffer.from([0b10000000, 0b01000000, 0, 0, 0, 0, 0, 0]) },
    })
  })

  it('has a QR code’s text, a barcode’s, and a drawer’s kick', () => {
    const text = 'https://qrscan.ink/r/a'
    const tape = decodeEscPos(
      bytes(
        gs,
        '(k',
        3,
        0,
        0x31,
        0x43,
        6,
        gs,
        '(k',
        text.length + 3,
        0,
        0x31,
        0x50,
        0x30,
        text,
        gs,
        '(k',
        3,
        0,
        0x31,
        0x51,
        0x30,
        gs,
        'k',
        73,
        4,
        'ABCD',
        gs,
        'k',
        4,
        'OLD',
        0,
        esc,
        'p',
        0,
        0x32,
        0xfa,
      ),
    )
    expect(tape.tickets[0]!.items).toMatchObject([
      { kind: 'qr', text, moduleDots: 6 },
      { kind: 'barcode', text: 'ABCD' },
      { kind: 'barcode', text: 'OLD' },
    ])
    expect(tape.pulses).toEqual([{ pin: 0, on: 100, off: 500 }])
  })

  it('goes past questions without drawing them, and names what it does not know', () => {
    const asked = bytes(
      0x10,
      4,
      1,
      gs,
      'a',
      255,
      gs,
      'r',
      1,
      gs,
      '(H',
      6,
      0,
      0x30,
      0x30,
      'abcd',
      gs,
      'g2',
      0,
      178,
      0,
      'x',
      0x0a,
    )
    const tape = decodeEscPos(asked)
    expect(textOfTicket(tape.tickets[0]!)).toBe('x')
    expect(tape.unknown).toEqual([])
    expect(decodeEscPos(bytes('a', esc, 0xee, 'b', 0x0a)).unknown).toEqual([{ offset: 1, bytes: '1bee' }])
  })

  it('has pictures that are kept first and printed then (GS ( L, GS 8 L), enlarged as told', () => {
    const store = bytes(0x30, 112, 0x30, 2, 1, 0x31, 8, 0, 1, 0, 0b10000001)
    const print = bytes(gs, '(L', 2, 0, 0x30, 50)
    for (const head of [bytes(gs, '(L', store.length, 0), bytes(gs, '8L', store.length, 0, 0, 0)]) {
      const tape = decodeEscPos(Buffer.concat([head, store, print]))
      expect(tape.unknown).toEqual([])
      expect(tape.tickets[0]!.items).toMatchObject([
        { kind: 'picture', bitmap: { stride: 2, height: 1, data: Buffer.from([0b11000000, 0b00000011]) } },
      ])
    }
    expect(decodeEscPos(bytes(gs, 'v', '0', 2, 1, 0, 1, 0, 0xf0)).tickets[0]!.items).toMatchObject([
      { bitmap: { stride: 1, height: 2, data: Buffer.from([0xf0, 0xf0]) } },
    ])
  })

  it('a picture that promises gigabytes takes no more than has come', () => {
    const tape = decodeEscPos(bytes(gs, 'v', '0', 0, 0xff, 0xff, 0xff, 0xff, 'abc'))
    expect(tape.tickets[0]!.items).toMatchObject([{ bitmap: { stride: 65_535, height: 1 } }])
  })

  it('a code that no printer could draw is named instead', () => {
    const long = decodeEscPos(bytes(gs, '(k', 0xff, 0x7f, '1P0', 'a'.repeat(0x7ffc), gs, '(k', 3, 0, '1Q0'))
    expect(long.unknown).toEqual([{ offset: 5 + 0x7fff, bytes: '1d286b0300315130' }])
    expect(decodeEscPos(bytes(gs, '(k', 3, 0, '1Q0')).unknown).toHaveLength(1)
  })

  it('never fails, whatever the bytes, and neither does Star’s', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const tape = decodeEscPos(Buffer.from(noise), [{ page: 0, name: 'cp437' }])
        const star = decodeStar(Buffer.from(noise), [{ page: 0, name: 'cp437' }])
        // Whatever it is, some paper or none comes out, and every unknown command has its place.
        const known = [...tape.unknown, ...star.unknown].every(({ offset }) => offset < noise.length)
        expect(known).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('can be drawn, whatever the bytes, and however long the paper', () => {
    const commands = fc.constantFrom(
      '\x1b@',
      '\x1d!',
      '\x1dv0\0',
      '\x1d(k',
      '\x1d(L',
      '\x1b*',
      '\x1bd',
      '\x1b3',
      '\x1dk',
    )
    const noise = fc.uint8Array({ maxLength: 40 }).map((part) => Buffer.from(part).toString('latin1'))
    fc.assert(
      fc.property(fc.array(fc.oneof(commands, noise), { maxLength: 12 }), (parts) => {
        const paper = drawTape(decodeEscPos(bytes(...parts)), 576, press.fonts)
        expect(paper.data.length).toBe(paper.stride * paper.height)
      }),
      { numRuns: 300 },
    )
    const nul = drawTape(decodeEscPos(bytes('\x1dkA\x01\0')), 576, press.fonts)
    expect(nul.height).toBeGreaterThan(0)
    const paper = drawTape(
      decodeEscPos(bytes('a', '\x1b3\xff\x1bd\xff'.repeat(1000), 'b\n')),
      576,
      press.fonts,
    )
    expect(paper.height).toBeLessThan(200_100)
  })
})
