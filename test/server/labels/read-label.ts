import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { LabelFile } from '#server/features/labels/make-labels.ts'

/** A code as a reader gives it: AIM identifier (`]d2`) and the very bytes, group separators as `\x1d`. */
export interface ReadCode {
  identifier: string
  content: string
}

let prepared: Promise<unknown> | undefined

/** What zxing reads, by the symbols' places from the top down. */
export async function readWithZxing(png: Uint8Array): Promise<ReadCode[]> {
  prepared ??= prepareReader()
  await prepared
  const codes = await readBarcodes(png, { tryHarder: true, maxNumberOfSymbols: 10 })
  return codes
    .toSorted((a, b) => a.position.topLeft.y - b.position.topLeft.y)
    .map((code) => ({
      identifier: code.symbologyIdentifier,
      content: Buffer.from(code.bytes).toString('latin1'),
    }))
}

/** The reader would fetch its binary from the network. */
function prepareReader(): Promise<unknown> {
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = new Uint8Array(readFileSync(path)).buffer
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** What zbarimg reads, sorted; it knows no DataMatrix. */
export function readWithZbar(png: Uint8Array): string[] {
  return inFolder((folder) => {
    const file = join(folder, 'label.png')
    writeFileSync(file, png)
    const text = execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', file]).toString('latin1')
    return text
      .split('\n')
      .filter((line) => line !== '')
      .toSorted()
  })
}

/** A label's file as pixels: PDFs by poppler, drawings by Skia. */
export async function rasterise({ format, body }: LabelFile): Promise<Buffer> {
  if (format === 'label_png') return body
  if (format === 'label_pdf') return rasterisePdf(body)
  // At 600 dots an inch: a drawing is made pixels at the size it says.
  const dots = body
    .toString()
    .replaceAll(/([\d.]+)mm"/g, (_all, mm: string) => `${(Number(mm) * 600) / 25.4}"`)
  const picture = await loadImage(Buffer.from(dots))
  const canvas = createCanvas(picture.width, picture.height)
  canvas.getContext('2d').drawImage(picture, 0, 0)
  return canvas.toBuffer('image/png')
}

function rasterisePdf(pdf: Buffer): Buffer {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'label.pdf'), pdf)
    execFileSync('pdftoppm', ['-png', '-r', '300', '-singlefile', 'label.pdf', 'page'], { cwd: folder })
    return readFileSync(join(folder, 'page.png'))
  })
}

/** The words of a PDF, as poppler finds them. */
export function textOfPdf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-', '-'], { input: pdf }).toString('utf8').trim()
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-label-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
