import type { QrReceipt } from '#contract/qr-codes.ts'
import { safeCsvLine } from '../../csv-line.ts'
import type { BundleJob } from './bundle-item.ts'

/** A file of a bundle, as its manifest lists it. */
export interface ManifestFile {
  file: string
  text: string
  bytes: number
  sha256: string
  receipt: QrReceipt | null
  facts: Record<string, string>
}

/** What was left out, and why. */
export interface ManifestRefusal {
  name: string
  text: string
  reason: string
}

export interface Manifest {
  files: ManifestFile[]
  refused: ManifestRefusal[]
}

const version = 1

/** The list of a bundle for programs. */
export function manifestJson({ id, kind, createdAt }: BundleJob, { files, refused }: Manifest): Buffer {
  const head = { version, bundle: id, kind, created_at: new Date(createdAt).toISOString(), refused }
  // A line a file: ten thousand of them are still read by people.
  const lines = files.map((file) => `    ${JSON.stringify(file)}`).join(',\n')
  const rest = JSON.stringify(head, undefined, 2).slice(2, -2)
  return Buffer.from(`{\n${rest},\n  "files": [\n${lines}\n  ]\n}\n`)
}

/** The same for spreadsheets, which run nothing of it as a formula. */
export function manifestCsv({ files, refused }: Manifest): Buffer {
  const facts = [...new Set(files.flatMap((file) => Object.keys(file.facts)))]
  const lines = [['file', 'text', 'sha256', 'bytes', 'read', 'version', 'ecc', 'reader', ...facts, 'refused']]
  for (const { file, text, sha256, bytes, receipt, facts: own } of files) {
    const read = receipt === null ? ['', '', '', ''] : receiptCells(receipt)
    lines.push([file, text, sha256, String(bytes), ...read, ...facts.map((name) => own[name] ?? ''), ''])
  }
  for (const { name, text, reason } of refused) {
    lines.push([name, text, '', '', 'no', '', '', '', ...facts.map(() => ''), reason])
  }
  return Buffer.from(`\ufeff${lines.map(safeCsvLine).join('')}`)
}

function receiptCells({ read, version: qr, ecc, reader }: QrReceipt): string[] {
  return [read ? 'yes' : 'no', String(qr), ecc, reader]
}
