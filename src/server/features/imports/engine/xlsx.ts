import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { ImportFailure, type Pace } from './cancel.ts'
import { writeAll } from './encoding.ts'
import { unpackedBytes } from './zip-size.ts'

/** A workbook past these would take more memory than the worker has. */
const MAX_BYTES = 64 << 20
const MAX_ROWS = 1_048_576
const MAX_TEXT_BYTES = 512 << 20
const UNREADABLE = 'This workbook cannot be read. It may be damaged or protected by a password.'

export function isXlsx(sample: Buffer): boolean {
  return sample.length > 4 && sample.readUInt32BE(0) === 0x504b0304
}

/** Writes the first sheet of a workbook as CSV in UTF-8. */
export async function convertXlsx(from: string, to: string, pace: Pace): Promise<void> {
  if (statSync(from).size > MAX_BYTES) {
    throw new ImportFailure('This workbook is larger than 64 MB. Save the sheet as CSV and import that.')
  }
  const zip = readFileSync(from)
  const unpacked = unpackedBytes(zip)
  if (unpacked === Infinity) throw new ImportFailure(UNREADABLE)
  if (unpacked > MAX_TEXT_BYTES) {
    throw new ImportFailure(
      'This workbook unpacks to more than 512 MB. Save the sheet as CSV and import that.',
    )
  }
  const { streamXlsxRows } = await import('hucre/xlsx')
  const target = openSync(to, 'w', 0o600)
  try {
    const state = { lines: [] as string[], rows: 0, bytes: 0 }
    for await (const row of streamXlsxRows(zip, { maxRows: MAX_ROWS })) {
      while (state.rows < row.index) pushLine(state, '')
      pushLine(state, row.values.map(cellOf).join(','))
      if (state.lines.length >= 2000) await flush(target, state, pace)
    }
    await flush(target, state, pace)
  } catch (error) {
    if (error instanceof Error && /^(ImportFailure|CancelledError)$/.test(error.name)) throw error
    throw new ImportFailure(UNREADABLE)
  } finally {
    closeSync(target)
  }
}

interface Lines {
  lines: string[]
  rows: number
  bytes: number
}

function pushLine(state: Lines, line: string): void {
  state.lines.push(line)
  state.rows++
  if (state.rows > MAX_ROWS) throw new ImportFailure('This sheet has more rows than Excel allows.')
}

async function flush(target: number, state: Lines, pace: Pace): Promise<void> {
  const bytes = Buffer.from(state.lines.map((line) => `${line}\n`).join(''))
  state.lines = []
  state.bytes += bytes.length
  if (state.bytes > MAX_TEXT_BYTES)
    throw new ImportFailure('This sheet holds more than 512 MB of text. Split it.')
  writeAll(target, bytes)
  await pace.breathe()
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dateText(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function dateText(date: Date): string {
  const iso = date.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`
}
