import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why PDFs are not judged by qpdf here; undefined where they are. */
export const noQpdf =
  spawnSync('qpdf', ['--version']).error === undefined ? undefined : 'qpdf is not installed'

/** What qpdf finds wrong with a PDF's structure; the empty text for nothing. */
export function qpdfFaults(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-pdf-'))
  try {
    const path = join(folder, 'judged.pdf')
    writeFileSync(path, pdf)
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
    return status === 0 ? '' : `${stdout}${stderr}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
