import { createHash } from 'node:crypto'
import { zipSync, type Zippable } from 'fflate'
import type { ExportFormat, LabelSymbol } from '#contract/product-passports.ts'
import type { LabelFormat, PassportParts } from '../passport-parts.ts'
import { passportPage } from '../passport-page.ts'
import { passportEpcis } from './epcis.ts'
import { fileStemOf, type ExportFile, type ExportSubject } from './export-subject.ts'
import { passportJsonLd } from './jsonld.ts'
import { passportLinkset } from './linkset-file.ts'
import { passportCsv } from './passport-csv.ts'
import { passportPdf } from './passport-pdf.ts'
import { passportUntp } from './untp.ts'

type Parts = Pick<PassportParts, 'makeLabel' | 'makeLabels' | 'familiesFor'>
type DocumentFormat = Exclude<ExportFormat, LabelFormat | 'zip'>

const documents: Readonly<Record<DocumentFormat, { type: string; ending: string }>> = {
  json: { type: 'application/json', ending: 'json' },
  jsonld: { type: 'application/ld+json', ending: 'jsonld' },
  untp: { type: 'application/json', ending: 'untp.json' },
  epcis: { type: 'application/ld+json', ending: 'epcis.jsonld' },
  linkset: { type: 'application/linkset+json', ending: 'linkset.json' },
  html: { type: 'text/html; charset=utf-8', ending: 'html' },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  pdf: { type: 'application/pdf', ending: 'pdf' },
}

/** The symbol of a label where nobody says which: the one that a guest's telephone reads. */
const usualSymbol = 'qr_digital_link'

/** One export; undefined where the goods cannot have that label. */
export async function makeExport(
  subject: ExportSubject,
  parts: Parts,
  { format, symbol = usualSymbol }: { format: ExportFormat; symbol?: LabelSymbol | undefined },
): Promise<ExportFile | undefined> {
  if (format === 'zip') return zipOf(subject, await everyFile(subject, parts))
  if (format === 'label_svg' || format === 'label_png' || format === 'label_pdf') {
    return parts.makeLabel(subject.passport, symbol, format)
  }
  return documentOf(subject, parts, format)
}

/** Every export, the ZIP of all the others last. */
export async function makeEveryExport(subject: ExportSubject, parts: Parts): Promise<ExportFile[]> {
  const files = await everyFile(subject, parts)
  return [...files, zipOf(subject, files)]
}

async function everyFile(subject: ExportSubject, parts: Parts): Promise<ExportFile[]> {
  const files: ExportFile[] = []
  for (const format of Object.keys(documents) as DocumentFormat[]) {
    files.push(await documentOf(subject, parts, format))
  }
  return [...files, ...(await parts.makeLabels(subject.passport))]
}

async function documentOf(subject: ExportSubject, parts: Parts, format: DocumentFormat): Promise<ExportFile> {
  const { type, ending } = documents[format]
  const body = await bodyOf(subject, parts, format)
  return {
    format,
    media_type: type,
    filename: `${fileStemOf(subject.passport)}.${ending}`,
    body: Buffer.isBuffer(body) ? body : Buffer.from(body),
  }
}

async function bodyOf(
  subject: ExportSubject,
  parts: Parts,
  format: DocumentFormat,
): Promise<string | Buffer> {
  const { passport } = subject
  switch (format) {
    case 'json': {
      // A scan must not change the file.
      const { scan_count: _scans, ...said } = passport
      return pretty({ product_passport: said })
    }
    case 'jsonld':
      return pretty(passportJsonLd(subject))
    case 'untp':
      return pretty(passportUntp(subject))
    case 'epcis':
      return pretty(passportEpcis(subject))
    case 'linkset':
      return pretty(passportLinkset(passport))
    case 'html': {
      const label = await parts.makeLabel(passport, 'qr_digital_link', 'label_svg')
      return passportPage(passport, label && { code: label.body }).html
    }
    case 'csv':
      return passportCsv(passport)
    default:
      return passportPdf(subject, await codesOf(subject, parts), (text, bold) =>
        parts.familiesFor(text, bold),
      )
  }
}

async function codesOf({ passport }: ExportSubject, parts: Parts): Promise<Buffer[]> {
  const symbols: LabelSymbol[] = ['gs1_datamatrix', 'qr_digital_link']
  const labels = await Promise.all(symbols.map((symbol) => parts.makeLabel(passport, symbol, 'label_png')))
  return labels.flatMap((label) => (label ? [label.body] : []))
}

/** With a list of what is in it. The same files give the same bytes, whatever the machine's time zone. */
function zipOf({ passport }: ExportSubject, files: readonly ExportFile[]): ExportFile {
  const [year = 0, month = 1, day = 1] = passport.updated_at.slice(0, 10).split('-').map(Number)
  // Local noon of the day: ZIP has no time zones.
  const mtime = new Date(year, month - 1, day, 12)
  const contents: Zippable = {}
  for (const { filename, body } of files) contents[filename] = [body, { mtime }]
  const manifest = pretty({ product_passport: passport.id, files: files.map(describeExport) })
  contents['manifest.json'] = [Buffer.from(manifest), { mtime }]
  return {
    format: 'zip',
    media_type: 'application/zip',
    filename: `${fileStemOf(passport)}.zip`,
    body: Buffer.from(zipSync(contents)),
  }
}

/** A line of the manifest. */
export function describeExport({ format, symbol, media_type, filename, body }: ExportFile) {
  return {
    format,
    ...(symbol && { symbol }),
    media_type,
    filename,
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
