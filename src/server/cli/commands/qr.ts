import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { checkDestination } from '#contract/destinations.ts'
import { canonicalSlug, isValidSlug } from '#contract/slugs.ts'
import { matchHeaders } from '../../features/imports/engine/headers.ts'
import { drawCode, plainSize } from '../../code-files/draw-code.ts'
import { choiceOf, numberOf, readArguments, requiredText } from '../arguments.ts'
import { exitCodes, Refused, UsageError } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const qrCommand: Command = {
  summary: 'draw QR codes of an address or of a spreadsheet',
  help: `qrscan qr FILE_OR_URL --out DIR: draw QR codes that lead straight to the address

FILE is a .csv or .tsv file with a header; one code is drawn for each row, named by its slug column or its row
number. Nothing is saved in the app.

  --out DIR          where the files go; it is made when missing
  --format svg|png|pdf|eps   (default: svg)
  --size N           pixels a side, 64 to 4096 (default: 1024)
  --ecc L|M|Q|H      error correction (default: M)
  --json             print what was drawn as JSON

Rows whose address is no public HTTPS address are left out, named, and make the exit code 1.
`,
  async run(args) {
    const text = { type: 'string' } as const
    const parsed = readArguments(args, { out: text, format: text, size: text, ecc: text })
    const [source] = parsed.positionals
    if (source === undefined) throw new UsageError('Say what to draw: an https:// address or a .csv file.')
    const folder = requiredText(parsed, 'out')
    const format = choiceOf(parsed, 'format', ['svg', 'png', 'pdf', 'eps']) ?? 'svg'
    const size = numberOf(parsed, 'size', [64, 4096]) ?? plainSize
    const ecc = choiceOf(parsed, 'ecc', ['L', 'M', 'Q', 'H']) ?? 'M'
    const { codes, problems } = codesOf(source)
    mkdirSync(folder, { recursive: true })
    const files: { file: string; address: string }[] = []
    for (const { name, address } of codes) {
      const file = `${name}.${format}`
      writeFileSync(join(folder, file), (await drawCode(address, format, { ecc }, { size })).body)
      files.push({ file, address })
    }
    report(parsed.values['json'] === true, files, problems, folder)
    return problems.length > 0 ? exitCodes.refused : exitCodes.done
  },
}

interface Code {
  name: string
  address: string
}

interface Drawn {
  codes: Code[]
  /** Sentences about rows that were left out. */
  problems: string[]
}

function codesOf(source: string): Drawn {
  if (existsSync(source)) return codesOfFile(source)
  if (!/^[a-z][a-z0-9+.-]*:/i.test(source))
    throw new UsageError(`There is no file "${source}", and it is no address.`)
  const problem = problemOf(source)
  if (problem !== undefined) throw new Refused(problem)
  return { codes: [{ name: 'qr', address: source.trim() }], problems: [] }
}

function codesOfFile(path: string): Drawn {
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), {
    skipEmptyLines: 'greedy',
  })
  const [header = [], ...rows] = data
  const columns = matchHeaders(header)
  const columnOf = (field: string) => columns.findIndex((column) => column.field === field)
  const address = columnOf('destination_url')
  if (address < 0) throw new Refused('The file has no column with addresses. Name one "destination_url".')
  const names = new Set<string>()
  const drawn: Drawn = { codes: [], problems: [] }
  rows.forEach((cells, index) => {
    const problem = problemOf(cells[address] ?? '')
    if (problem !== undefined) drawn.problems.push(`row ${index + 1}: ${problem}`)
    else
      drawn.codes.push({
        name: nameOf(cells[columnOf('slug')], index, names),
        address: (cells[address] ?? '').trim(),
      })
  })
  return drawn
}

/** A slug is a safe file name; anything else, and a slug that came before, gets the number of its row. */
function nameOf(cell: string | undefined, index: number, taken: Set<string>): string {
  const slug = canonicalSlug(cell ?? '')
  const name = isValidSlug(slug) && !taken.has(slug) ? slug : `row-${index + 1}`
  taken.add(name)
  return name
}

function problemOf(address: string): string | undefined {
  return checkDestination(address).find(({ severity }) => severity === 'error')?.message
}

function report(
  asJson: boolean,
  files: { file: string; address: string }[],
  problems: string[],
  folder: string,
): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ files, problems })}\n`)
    return
  }
  process.stdout.write(`${files.length} ${files.length === 1 ? 'code' : 'codes'} drawn in ${folder}\n`)
  for (const problem of problems) process.stderr.write(`${problem}\n`)
}
