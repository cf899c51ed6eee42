import { codePageTables } from './code-page-tables.ts'
import { encodeText } from './code-pages.ts'
import { commandsOf } from './encode-commands.ts'
import { encodeLayout, type TicketPress } from './encode-ticket.ts'
import type { EncodedTicket } from './encoded-ticket.ts'
import { layOutText } from './lay-out-rows.ts'
import type { Layout, LayoutBlock } from './layout.ts'
import type { CodePage, PrinterProfile } from './profile.ts'

/** One line a script, to see that pictures come out and read the right way round. */
const samples = [
  '€ 12.50 é ñ ß Š',
  '宫保鸡丁 ラーメン 비빔밥',
  'شاورما 7.50',
  'שווארמה',
  'ผัดไทย',
  'पनीर',
  '☕ 🍕 🔥',
]

/**
 * A page that shows whether the chosen profile is the right one: its width, sizes, a picture, a QR code, and every
 * code page beside its name, letter for letter as this app will use it.
 */
export async function encodeTestPage(
  profile: PrinterProfile,
  shopName: string,
  press: TicketPress,
): Promise<EncodedTicket> {
  const { columns } = profile
  const blocks: LayoutBlock[] = [
    ...layOutText(shopName, columns, { width: 2, height: 2, bold: true, align: 'center' }),
    ...layOutText(`${profile.name}: ${columns} columns, ${profile.dots} dots`, columns, { align: 'center' }),
    ...layOutText(rulerOf(columns), columns),
    ...layOutText('Both ends of the ruler must be on this one row.', columns),
    ...layOutText('BIG', columns, { width: 3, height: 3, bold: true, align: 'center' }),
    ...layOutText('White on black', columns, { height: 2, inverse: true, align: 'center' }),
    { kind: 'rule', double: false },
    ...samples.flatMap((sample) => layOutText(sample, columns, { height: 2 })),
    { kind: 'qr', text: 'https://qrscan.ink' },
    { kind: 'rule', double: true },
  ]
  const layout: Layout = { kind: 'test', columns, locale: 'en', blocks }
  const encoded = await encodeLayout(layout, profile, press)
  const finish = commandsOf(profile).finish(profile)
  const body = encoded.bytes.subarray(0, encoded.bytes.length - finish.length)
  return { ...encoded, bytes: Buffer.concat([body, encodeChart(profile), finish]) }
}

/** `1···5····10···15`: the last character is the paper's last column. */
function rulerOf(columns: number): string {
  let ruler = ''
  while (ruler.length < columns) {
    const next = String(Math.floor(ruler.length / 5) * 5 + 5)
    ruler += next.padStart(5 - (ruler.length % 5), '.')
  }
  return `${ruler.slice(0, columns - 1)}|`
}

/** Every page: its number and name, then what it has above ASCII, sixteen or thirty-two to a row. */
function encodeChart(profile: PrinterProfile): Buffer {
  const commands = commandsOf(profile)
  const first = profile.codePages[0]!
  const parts = profile.codePages.flatMap((page) => [
    commands.page(first),
    encodeText(`${page.page}: ${page.name}`, first.name),
    commands.lineEnd,
    commands.page(page),
    ...chartRows(page).flatMap((row) => [row, commands.lineEnd]),
  ])
  return Buffer.concat([...parts, commands.page(first)])
}

function chartRows({ name }: CodePage): Buffer[] {
  const shown = Array.from(codePageTables[name], (character) =>
    /[\uFFFD\u00A0\u00AD]/.test(character) ? '.' : character,
  )
  return [0, 32, 64, 96].map((from) => {
    const bytes = shown
      .slice(from, from + 32)
      .map((character, index) => (character === '.' ? 0x2e : 0x80 + from + index))
    return Buffer.from(bytes)
  })
}
