import { createHash } from 'node:crypto'
import type { BundleItem, BundleJob, BundleProgress, Drawers } from './bundle-item.ts'
import { BundleFailure } from './bundle-item.ts'
import { Journal, type JournalLine } from './bundle-journal.ts'
import { UniqueNames } from './file-names.ts'
import { manifestCsv, manifestJson, type Manifest } from './manifest.ts'
import { sumOfFile, ZipFile } from './zip-file.ts'

/** Builds a bundle somewhere on disk; asked for one thing at a time. */
export interface Builder {
  progress: BundleProgress
  /** Makes and writes the files of some items. Throws BundleFailure. */
  add(items: readonly BundleItem[]): Promise<void>
  /** Completes the file and returns its size and SHA-256. */
  finish(): Promise<{ bytes: number; sha256: string }>
}

/**
 * A bundle of files an item. What is written is noted in a journal after it is in the archive, so that whoever is
 * killed goes on after the last item that is whole; see `Journal`.
 */
export class FileBuilder implements Builder {
  readonly progress: BundleProgress = { after: null, done: 0, verified: 0, refused: 0, bytes: 0 }
  readonly #job: BundleJob
  readonly #drawers: Drawers
  readonly #zip: ZipFile
  readonly #journal: Journal
  readonly #names = new UniqueNames()
  readonly #manifest: Manifest = { files: [], refused: [] }

  constructor(job: BundleJob, drawers: Drawers) {
    this.#job = job
    this.#drawers = drawers
    this.#journal = new Journal(job.path)
    const { lines, entries, length } = this.#journal.recover()
    this.#zip = new ZipFile(job.path, job.createdAt, entries, length)
    for (const line of lines) {
      if (line.name !== null) this.#names.keep(line.name)
      this.#count(line)
    }
  }

  async add(items: readonly BundleItem[]): Promise<void> {
    const lines: JournalLine[] = []
    for (const item of items) {
      const line = await this.#write(item)
      lines.push(line)
      this.#count(line)
    }
    this.#zip.flush()
    this.#journal.append(lines)
  }

  async #write(item: BundleItem): Promise<JournalLine> {
    const { request, kind } = this.#job
    const refuse = (reason: string): JournalLine => ({
      key: item.key,
      name: null,
      files: [],
      entries: [],
      refused: { name: item.name, text: item.text, reason },
      end: this.#zip.length,
    })
    const drawn = await this.#drawers.files(kind, item, request).catch((error: unknown) => error)
    // What is wrong with one item must not take the other thousands with it.
    if (!Array.isArray(drawn)) return refuse(drawn instanceof Error ? drawn.message : String(drawn))
    const files = drawn as Awaited<ReturnType<Drawers['files']>>
    if (files.some(({ receipt }) => receipt !== null && !receipt.read)) {
      return refuse(
        'The finished code could not be read back. Choose colours of more contrast or a larger size.',
      )
    }
    const name = this.#names.take(item.name)
    const line: JournalLine = { key: item.key, name, files: [], entries: [], refused: null, end: 0 }
    for (const { ending, body, receipt, packs } of files) {
      const file = name + ending
      line.entries.push(this.#zip.add(file, body, packs))
      const sha256 = createHash('sha256').update(body).digest('hex')
      line.files.push({ file, text: item.text, bytes: body.length, sha256, receipt, facts: item.facts })
    }
    line.end = this.#zip.length
    if (line.end > this.#job.maxBytes) throw tooLarge(this.#job.maxBytes)
    return line
  }

  #count({ key, files, refused, end }: JournalLine): void {
    const { progress } = this
    progress.after = key
    progress.done++
    progress.bytes = end
    if (refused !== null) {
      progress.refused++
      this.#manifest.refused.push(refused)
    } else if (files.some(({ receipt }) => receipt?.read === true)) progress.verified++
    this.#manifest.files.push(...files)
  }

  async finish(): Promise<{ bytes: number; sha256: string }> {
    this.#zip.add('manifest.json', manifestJson(this.#job, this.#manifest), true)
    this.#zip.add('manifest.csv', manifestCsv(this.#manifest), true)
    const bytes = this.#zip.finish()
    this.#journal.close()
    return { bytes, sha256: sumOfFile(this.#job.path) }
  }
}

export function tooLarge(maxBytes: number): BundleFailure {
  const most = `${Math.round(maxBytes / 1024 / 1024)} MiB`
  return new BundleFailure(
    `The bundle is larger than ${most}, the cap max_bytes. Ask for fewer links, fewer formats or smaller pictures.`,
  )
}
