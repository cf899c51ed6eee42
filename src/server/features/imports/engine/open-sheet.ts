import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { ImportKind } from '#contract/import-kinds.ts'
import { Arrival } from './arrival.ts'
import { ImportFailure, type Pace } from './cancel.ts'
import { guessDelimiter, guessNewline, isBlank, readSepLine, sampleRecords } from './dialect.ts'
import { SAMPLE_BYTES, type EncodingGuess, guessEncoding, suggestEncoding, transcode } from './encoding.ts'
import type { HeaderBook } from './header-book.ts'
import { linkHeaders } from './header-names.ts'
import { findHeaderRow } from './header-row.ts'
import { applyMapping, checkHeaders, countKnownHeaders, matchHeaders } from './headers.ts'
import type { ScanRequest, SheetDescription } from './request.ts'
import { type Dialect, RecordScanner } from './scanner.ts'
import { cardHeaders } from './cards/card-headers.ts'
import { convertXlsx, isXlsx } from './xlsx.ts'

/** A file ready to be scanned: UTF-8, with its dialect and headers known. */
export interface Sheet extends SheetDescription {
  /** The UTF-8 text: the upload itself or the temporary file beside it. */
  textPath: string
  /** Byte and line (1-based) where the data begin. */
  dataStart: number
  dataLine: number
  /** The file is an error list of ours, whose cells carry a guard against formulas. */
  guarded: boolean
}

/** What the page is told about a file. */
export function describeSheet({
  textPath: _path,
  dataStart: _start,
  dataLine: _line,
  guarded: _guarded,
  ...description
}: Sheet): SheetDescription {
  return description
}

const books: Record<ImportKind, HeaderBook> = { qr_links: linkHeaders, wallet_passes: cardHeaders }

/** Sniffs a file, brings it into UTF-8 where it is not, and matches its headers. */
export async function openSheet(request: ScanRequest, pace: Pace): Promise<Sheet> {
  const book = books[request.kind ?? 'qr_links']
  const countKnown = (cells: readonly string[]) => countKnownHeaders(cells, book)
  const arrival = new Arrival(request.arriving, pace)
  // Enough for the sample and the mark before it.
  await arrival.beyond(SAMPLE_BYTES + 4)
  const { path, bom, encoding, suggested } = await openText(request, pace, arrival)
  const bytes = path === request.path ? sizeOf(request) : statSync(path).size
  const sample = readSample(path, bom, SAMPLE_BYTES)
  if (sample.length === 0) throw new ImportFailure('The file is empty.')
  const whole = bom + sample.length >= bytes
  const sep = readSepLine(sample)
  const body = sample.subarray(sep?.bytes ?? 0)
  const newline = guessNewline(body.toString('latin1'))
  const delimiter = request.delimiter ?? sep?.delimiter ?? guessDelimiter(body, newline, whole, countKnown)
  const limit = Math.max(130, (request.headerRow ?? 0) + 110)
  const cut = sampleRecords(body, { delimiter, newline }, limit, whole)
  const records = cut.length > 0 ? cut : sampleRecords(body, { delimiter, newline }, 1, true)
  const headerRow = Math.min(request.headerRow ?? findHeaderRow(records, countKnown), records.length)
  const start = skipRecords(body, { delimiter, newline }, headerRow)
  const columns = nameColumns(records, headerRow, request, book)
  return {
    textPath: path,
    encoding,
    suggested_encoding: suggested,
    delimiter,
    newline,
    header_row: headerRow,
    columns,
    header_findings: checkHeaders(columns, headerRow, book),
    bytes,
    first_rows: records
      .slice(headerRow)
      .filter((cells) => !isBlank(cells))
      .slice(0, 100),
    dataStart: bom + (sep?.bytes ?? 0) + start.bytes,
    dataLine: 1 + (sep === null ? 0 : 1) + start.lines,
    guarded: columns.some(({ name }) => name === '_errors'),
  }
}

/** Of a file that is still coming, at least what is there and about what was announced. */
function sizeOf({ path, arriving }: ScanRequest): number {
  return Math.max(statSync(path).size, arriving?.expected ?? 0)
}

interface OpenedText {
  path: string
  bom: number
  encoding: string
  suggested: string | null
}

async function openText(request: ScanRequest, pace: Pace, arrival: Arrival): Promise<OpenedText> {
  const sample = readSample(request.path, 0, SAMPLE_BYTES)
  refuseForeign(sample)
  const target = `${request.path}.utf8`
  if (isXlsx(sample)) {
    await arrival.whole()
    await convertXlsx(request.path, target, pace)
    return { path: target, bom: 0, encoding: 'xlsx', suggested: null }
  }
  const guess = guessEncoding(sample)
  const chosen: EncodingGuess =
    request.encoding === undefined ? guess : { encoding: request.encoding.toLowerCase(), bom: guess.bom }
  if (chosen.encoding === 'utf-8' || chosen.encoding === 'utf8') {
    return {
      path: request.path,
      bom: guess.encoding === 'utf-8' ? guess.bom : 0,
      encoding: 'utf-8',
      suggested: null,
    }
  }
  await arrival.whole()
  await transcode(request.path, target, chosen, pace)
  const suggested = chosen.encoding === 'windows-1252' ? await suggestEncoding(sample) : null
  return { path: target, bom: 0, encoding: chosen.encoding, suggested }
}

/** How PNG, JPEG, GIF, gzip and 7z files start. */
const foreign = ['\x89PNG', '\xff\xd8\xff', 'GIF8', '\x1f\x8b', '7z\xbc\xaf']

function refuseForeign(sample: Buffer): void {
  const magic = sample.toString('latin1', 0, 8)
  if (magic.startsWith('\xd0\xcf\x11\xe0')) {
    throw new ImportFailure('This is an old Excel file (.xls). Save it as .xlsx or CSV and try again.')
  }
  if (magic.startsWith('%PDF'))
    throw new ImportFailure('This is a PDF file. Choose a spreadsheet or CSV file.')
  if (foreign.some((start) => magic.startsWith(start))) {
    throw new ImportFailure('This is a picture or an archive. Choose a spreadsheet or CSV file.')
  }
}

function readSample(path: string, from: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(file, bytes, 0, length, from))
  } finally {
    closeSync(file)
  }
}

function skipRecords(body: Buffer, dialect: Dialect, records: number): { bytes: number; lines: number } {
  const scanner = new RecordScanner(dialect)
  let [bytes, lines] = [0, 0]
  for (let k = 0; k < records; k++) {
    bytes = scanner.scan(body, bytes, body.length, true)
    lines += 1 + scanner.innerLines
  }
  return { bytes, lines }
}

function nameColumns(
  records: string[][],
  headerRow: number,
  request: ScanRequest,
  book: HeaderBook,
): SheetDescription['columns'] {
  const names = headerRow === 0 ? [] : (records[headerRow - 1] ?? []).map((name) => name.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  const guessed =
    headerRow === 0
      ? book.byContent(records)
      : book.complete(matchHeaders(names, book), records.slice(headerRow))
  return applyMapping(guessed, request.mapping ?? {}, request.mappingBy ?? 'person')
}
