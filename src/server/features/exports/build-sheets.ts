import { createHash } from 'node:crypto'
import type { SheetLayout } from '#contract/export-bundles.ts'
import type { QrReceipt } from '#contract/qr-codes.ts'
import { tooLarge, type Builder } from './build-files.ts'
import type { BundleItem, BundleJob, BundleProgress, Drawers } from './bundle-item.ts'
import { LabelFonts } from './label-fonts.ts'
import { readLogo, type LogoPicture } from '../../code-files/logo-picture.ts'
import { manifestCsv, manifestJson, type Manifest } from './manifest.ts'
import { layOutLabel, type LabelDrawing, type LabelMaker } from './sheet-label.ts'
import { planSheets, type SheetPlan } from './sheet-layout.ts'
import { itemsOfPage, layOutPage } from './sheet-page.ts'
import { SheetPdf } from './write-sheet-pdf.ts'
import { sumOfFile, ZipFile } from './zip-file.ts'

/** The sheets in their bundle; the first file of it, stored as it is, so that it can be had alone. */
export const sheetName = 'print-sheets.pdf'

/** The labels of a bundle as one PDF. Ten thousand take a second: after a kill it begins anew. */
export class SheetBuilder implements Builder {
  readonly progress: BundleProgress = { after: null, done: 0, verified: 0, refused: 0, bytes: 0 }
  readonly #job: BundleJob
  readonly #drawers: Drawers
  readonly #layout: SheetLayout
  readonly #maker: LabelMaker
  readonly #zip: ZipFile
  readonly #entry: ReturnType<ZipFile['stream']>
  readonly #sum = createHash('sha256')
  readonly #pdf: SheetPdf
  readonly #manifest: Manifest = { files: [], refused: [] }
  /** Labels of pages that are not full yet, by their place in the bundle. */
  readonly #waiting = new Map<number, LabelDrawing>()
  readonly #logos = new Map<string, Promise<LogoPicture>>()
  #accepted = 0
  #page = 0

  constructor(job: BundleJob, drawers: Drawers) {
    this.#job = job
    this.#drawers = drawers
    this.#layout = job.request.layout ?? { stock: 'avery-l7160' }
    const { stock } = this.#plan(0)
    this.#maker = { stock, layout: this.#layout, fonts: new LabelFonts(job.fontDir) }
    this.#zip = new ZipFile(job.path, job.createdAt)
    this.#entry = this.#zip.stream(sheetName)
    this.#pdf = new SheetPdf((bytes) => {
      this.#sum.update(bytes)
      this.#entry.write(bytes)
    })
  }

  #plan(codes: number): SheetPlan {
    return planSheets(this.#layout, codes)
  }

  async add(items: readonly BundleItem[]): Promise<void> {
    for (const item of items) await this.#take(item)
    const plan = this.#plan(this.#accepted)
    // The last page may get more.
    while (
      this.#page < plan.pages &&
      itemsOfPage(plan, this.#page + 1).to > itemsOfPage(plan, this.#page).to
    ) {
      this.#writePage(plan)
    }
    this.progress.bytes = this.#zip.length
    if (this.#zip.length > this.#job.maxBytes) throw tooLarge(this.#job.maxBytes)
  }

  async #take(item: BundleItem): Promise<void> {
    const { progress } = this
    progress.after = item.key
    progress.done++
    try {
      const picture = item.logo === null ? undefined : await this.#logo(item.logo)
      const drawing = layOutLabel(this.#maker, { ...item, picture }, this.#accepted)
      const receipt = this.#job.request.verify === false ? null : await this.#drawers.receipt(item)
      if (receipt !== null && !receipt.read) throw new Error('The finished code could not be read back.')
      if (receipt !== null) progress.verified++
      this.#waiting.set(this.#accepted++, drawing)
      this.#note(item, receipt)
    } catch (error) {
      progress.refused++
      this.#manifest.refused.push({ name: item.name, text: item.text, reason: (error as Error).message })
    }
  }

  /** Read once: most bundles have one logo for all. */
  #logo(address: string): Promise<LogoPicture> {
    const known = this.#logos.get(address) ?? readLogo(address)
    this.#logos.set(address, known)
    return known
  }

  #note({ text, facts }: BundleItem, receipt: QrReceipt | null): void {
    this.#manifest.files.push({ file: sheetName, text, bytes: 0, sha256: '', receipt, facts })
  }

  #writePage(plan: SheetPlan): void {
    const page = this.#page++
    this.#pdf.add(layOutPage(plan, this.#layout, page, (index) => this.#waiting.get(index)!))
    // A label may go on with its copies on the next page.
    const { from } = itemsOfPage(plan, page + 1)
    for (const index of this.#waiting.keys()) if (index < from) this.#waiting.delete(index)
  }

  async finish(): Promise<{ bytes: number; sha256: string }> {
    const plan = this.#plan(this.#accepted)
    while (this.#page < plan.pages) this.#writePage(plan)
    this.#pdf.end('Print sheets')
    const { size } = this.#entry.end()
    const sha256 = this.#sum.digest('hex')
    for (const file of this.#manifest.files) Object.assign(file, { bytes: size, sha256 })
    this.#zip.add('manifest.json', manifestJson(this.#job, this.#manifest), true)
    this.#zip.add('manifest.csv', manifestCsv(this.#manifest), true)
    const bytes = this.#zip.finish()
    return { bytes, sha256: sumOfFile(this.#job.path) }
  }
}
