import Papa from 'papaparse'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { RecallLine } from '#contract/recall-lines.ts'
import { RecallNotice } from '#contract/recalls.ts'
import type { Fields, NoticeDraft, ReadNotices, ReadProblem } from './notice-draft.ts'
import { isCpsc, readCpsc } from './read-cpsc.ts'
import { isOpenFda, readOpenFda } from './read-openfda.ts'
import { readTable } from './read-table.ts'
import { readXml } from './read-xml.ts'

/** A file of more notices than a person confirms. */
const mostDrafts = 1_000

/**
 * Reads a file of recall notices, whatever its shape: our own JSON, openFDA, CPSC, RappelConso, a table, Safety Gate or
 * GS1 XML. Never throws: what cannot be read is a problem with its place.
 */
export function readNotices(bytes: Buffer, normalise: (digits: string) => string | undefined): ReadNotices {
  const text = textOfFile(bytes).trim()
  const read = text === '' ? failed('empty', 'The file is empty.') : readText(text, normalise)
  if (read.drafts.length <= mostDrafts) return read
  const message = `Only the first ${mostDrafts} of ${read.drafts.length} notices were taken.`
  const problems = [{ place: 'the file', message }, ...read.problems]
  return { ...read, drafts: read.drafts.slice(0, mostDrafts), problems }
}

function failed(format: string, message: string): ReadNotices {
  return { format, drafts: [], problems: [{ place: 'the file', message }] }
}

function textOfFile(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: what older programs of the West write.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function readText(text: string, normalise: (digits: string) => string | undefined): ReadNotices {
  if (text.startsWith('<')) return { format: 'xml', ...readXml(text, normalise) }
  if (!text.startsWith('{') && !text.startsWith('[')) return readCsv(text, normalise)
  try {
    return readJson(JSON.parse(text) as unknown, normalise)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return failed('json', `It begins as JSON and is none: ${error.message}`)
  }
}

function readCsv(text: string, normalise: (digits: string) => string | undefined): ReadNotices {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  if ((meta.fields ?? []).length < 2) {
    return failed(
      'unknown',
      'It is no table, no JSON and no XML. A table needs a first line that names its columns, such as gtin, lot and title.',
    )
  }
  const rows = data.filter((row) =>
    Object.values(row).some((cell) => typeof cell === 'string' && cell.trim() !== ''),
  )
  return { format: 'csv', ...readTable(rows, (index) => `row ${index + 2}`, normalise) }
}

function readJson(json: unknown, normalise: (digits: string) => string | undefined): ReadNotices {
  const { list, name } = listOf(json)
  const records = list.filter(
    (one): one is Fields => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
  const placeOf = (index: number): string => `${name}[${index}]`
  const [first] = records
  if (!first) return failed('json', 'There is no list of notices in it.')
  if (isOpenFda(first)) {
    return withoutGtins(
      'openfda',
      records.map((record, index) => readOpenFda(record, placeOf(index), normalise)),
    )
  }
  if (isCpsc(first))
    return withoutGtins(
      'cpsc',
      records.map((record, index) => readCpsc(record, placeOf(index), normalise)),
    )
  if ('notice' in first) return readOwn(records, placeOf)
  const isFrench = 'numero_fiche' in first || 'motif_rappel' in first
  return { format: isFrench ? 'rappelconso' : 'json', ...readTable(records, placeOf, normalise) }
}

/** The list itself, or the first list in an object: `results` of openFDA and RappelConso, `recalls` of ours. */
function listOf(json: unknown): { list: unknown[]; name: string } {
  if (Array.isArray(json)) return { list: json as unknown[], name: 'item' }
  for (const [name, value] of Object.entries(json as object)) {
    if (Array.isArray(value)) return { list: value as unknown[], name }
  }
  return { list: [json], name: 'item' }
}

function withoutGtins(format: string, drafts: NoticeDraft[]): ReadNotices {
  const problems: ReadProblem[] = drafts
    .filter(({ lines }) => lines.length === 0)
    .map(({ place }) => ({
      place,
      message: 'No GTIN with a right check digit was found in its text. Add one before it is put in force.',
    }))
  return { format, drafts, problems }
}

const Own = Type.Object({ notice: RecallNotice, lines: Type.Array(RecallLine, { maxItems: 500 }) })

/** What this app exports: taken as it is, where it is whole. */
function readOwn(records: readonly Fields[], placeOf: (index: number) => string): ReadNotices {
  const drafts: NoticeDraft[] = []
  const problems: ReadProblem[] = []
  for (const [index, record] of records.entries()) {
    const place = placeOf(index)
    const candidate = { notice: record['notice'], lines: record['lines'] ?? [] }
    if (Value.Check(Own, candidate)) drafts.push({ ...candidate, place })
    else {
      const [error] = Value.Errors(Own, candidate)
      problems.push({
        place,
        message: `${error?.instancePath || 'It'} is not as it must be: ${error?.message ?? ''}.`,
      })
    }
  }
  return { format: 'qrscan', drafts, problems }
}
