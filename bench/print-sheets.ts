/**
 * Ten thousand codes on label sheets, A4 3 × 8, 417 pages, as a PDF: ours beside pdfkit with a rectangle for each run
 * of modules, both given the same codes; then the same bundle whole, with its encoding and captions. CPU time, as other
 * work on the machine moves the clock on the wall. And ten thousand PNGs drawn, read back, packed and listed.
 * `node bench/print-sheets.ts [--codes N]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import PdfDocument from 'pdfkit'
import { isDark, type QrCode } from '#codes/qr/encode-qr.ts'
import { makeConfig } from '#server/entry-config.ts'
import { FileBuilder } from '#server/features/exports/build-files.ts'
import type { BundleItem, BundleJob, Drawers } from '#server/features/exports/bundle-item.ts'
import { LabelFonts } from '#server/features/exports/label-fonts.ts'
import { prepareReader, readBack } from '#server/code-files/read-back.ts'
import { layOutLabel, type LabelDrawing } from '#server/features/exports/sheet-label.ts'
import { placeOf, planSheets, type SheetPlan } from '#server/features/exports/sheet-layout.ts'
import { layOutPage } from '#server/features/exports/sheet-page.ts'
import { SheetPdf } from '#server/features/exports/write-sheet-pdf.ts'
import { codeOf } from '#server/code-files/draw-code.ts'
import { writePlainPng } from '#server/code-files/write-png.ts'
import { cpuOf, report, type Result } from './measure.ts'

const { values } = parseArgs({ options: { codes: { type: 'string', default: '10000' } } })
const count = Number(values.codes)
const { fontDir, readerWasm } = makeConfig({})
const fonts = new LabelFonts(fontDir)
const layout = { stock: 'a4-3x8' }
const plan = planSheets(layout, count)
const pointsPerMm = 72 / 25.4

function textOf(index: number): string {
  return `https://qrscan.ink/r/${String(index).padStart(8, '0')}abcdefghijk`
}

function drawOurs(drawings: (index: number) => LabelDrawing): number {
  let bytes = 0
  const pdf = new SheetPdf((part) => (bytes += part.length))
  for (let page = 0; page < plan.pages; page++) pdf.add(layOutPage(plan, layout, page, drawings))
  pdf.end('Bench')
  return bytes
}

async function drawWithPdfkit(drawings: readonly LabelDrawing[], { stock, perPage }: SheetPlan) {
  const size: [number, number] = [stock.width * pointsPerMm, stock.height * pointsPerMm]
  const pdf = new PdfDocument({ size, margin: 0, autoFirstPage: false })
  const done = new Promise<void>((resolve) => pdf.on('end', resolve))
  pdf.on('data', () => undefined)
  for (const [index, drawing] of drawings.entries()) {
    if (index % perPage === 0) pdf.addPage()
    const { x, y } = placeOf(stock, index % perPage)
    pdf.save()
    pdf.translate((x + drawing.x) * pointsPerMm, (y + drawing.y) * pointsPerMm)
    pdf.scale(drawing.module * pointsPerMm)
    drawRuns(drawing.code, pdf)
    pdf.fill('black')
    pdf.restore()
  }
  pdf.end()
  await done
}

function drawRuns(code: QrCode, pdf: PDFKit.PDFDocument): void {
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!isDark(code, x, y)) continue
      const from = x
      while (isDark(code, x, y)) x++
      pdf.rect(from, y, x - from, 1)
    }
  }
}

async function sheets(): Promise<Result[]> {
  const maker = { stock: plan.stock, layout, fonts }
  const draw = (caption: string | null) => (index: number) =>
    layOutLabel(maker, { text: textOf(index), caption, style: {} }, index)
  const drawings = Array.from({ length: count }, (_, index) => draw(null)(index))
  drawOurs((index) => drawings[index]!)
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < 3; round++) {
    ours.push(await cpuOf(() => drawOurs((index) => drawings[index]!)))
    theirs.push(await cpuOf(() => drawWithPdfkit(drawings, plan)))
  }
  const whole = await cpuOf(() => drawOurs(draw('Table of four, by the window')))
  const ratio = Math.min(...theirs) / Math.min(...ours)
  const bench = 'print-sheets'
  return [
    {
      bench,
      what: `${count} codes as a PDF, beside pdfkit's rect() (CPU)`,
      ours: Math.min(...ours),
      peer: Math.min(...theirs),
      unit: 's',
      ratio,
      target: '>= 4x',
      met: ratio >= 4,
    },
    { bench, what: 'the same with encoding, layout and captions (CPU)', ours: whole, unit: 's' },
    {
      bench,
      what: 'bytes of the PDF',
      ours: drawOurs((index) => drawings[index]!) / 1e6,
      unit: 'MB',
    },
    { bench, what: 'most memory so far', ours: process.resourceUsage().maxRSS / 1024, unit: 'MiB' },
  ]
}

async function pictures(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-bench-'))
  const draw = (text: string) => writePlainPng(codeOf(text, {}, false), {}, 512)
  const drawers: Drawers = {
    files: async (_kind, { text }) => {
      const body = draw(text)
      return [{ ending: '.png', body, receipt: await readBack(body, text), packs: false }]
    },
    receipt: async ({ text }) => readBack(draw(text), text),
  }
  const job: BundleJob = {
    id: 'bench',
    kind: 'qr_codes',
    request: { kind: 'qr_codes' },
    path: join(folder, 'bench.part'),
    total: count,
    maxBytes: 1e12,
    fontDir,
    createdAt: 0,
  }
  await prepareReader(readerWasm)
  const builder = new FileBuilder(job, drawers)
  const seconds = await cpuOf(async () => {
    for (let from = 0; from < count; from += 64)
      await builder.add(itemsFrom(from, Math.min(from + 64, count)))
    await builder.finish()
  })
  rmSync(folder, { recursive: true, force: true })
  const { verified, bytes } = builder.progress
  if (verified !== count) throw new Error(`${count - verified} codes were not read back.`)
  return [
    {
      bench: 'print-sheets',
      what: `${count} PNGs of 512 px drawn, read back, zipped and listed (CPU)`,
      ours: seconds,
      unit: 's',
      target: '< 5 s',
      met: seconds < 5,
    },
    { bench: 'print-sheets', what: 'bytes of that ZIP', ours: bytes / 1e6, unit: 'MB' },
  ]
}

function itemsFrom(from: number, to: number): BundleItem[] {
  return Array.from({ length: to - from }, (_, offset) => ({
    key: String(from + offset),
    name: `link-${from + offset}`,
    text: textOf(from + offset),
    caption: null,
    style: {},
    logo: null,
    facts: { slug: `link-${from + offset}` },
    row: null,
  }))
}

report([...(await sheets()), ...(await pictures())])
