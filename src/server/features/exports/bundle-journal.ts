import { closeSync, existsSync, fstatSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import type { ManifestFile, ManifestRefusal } from './manifest.ts'
import { isEntryWhole, type ZipEntry } from './zip-file.ts'

/** What became of one item. */
export interface JournalLine {
  key: string
  /** The name its files begin with; null where it was refused. */
  name: string | null
  files: ManifestFile[]
  entries: ZipEntry[]
  refused: ManifestRefusal | null
  /** Length of the archive after it. */
  end: number
}

/** What can be gone on with. */
interface Recovered {
  lines: JournalLine[]
  entries: ZipEntry[]
  length: number
}

export function journalPath(path: string): string {
  return `${path}.journal`
}

/**
 * The items that are in a bundle's archive, a line of JSON each, written after their bytes. After a kill what counts is
 * the lines whose bytes are all in the archive, up to the first that has not; a line cut in two counts as none.
 */
export class Journal {
  readonly #path: string
  readonly #archive: string
  #file: number | undefined

  constructor(archive: string) {
    this.#archive = archive
    this.#path = journalPath(archive)
  }

  recover(): Recovered {
    const lines = existsSync(this.#archive) ? this.#wholeLines() : []
    const kept = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    this.#file = openSync(this.#path, 'a', 0o600)
    truncateSync(this.#path, Buffer.byteLength(kept))
    return { lines, entries: lines.flatMap(({ entries }) => entries), length: lines.at(-1)?.end ?? 0 }
  }

  #wholeLines(): JournalLine[] {
    if (!existsSync(this.#path)) return []
    const archive = openSync(this.#archive, 'r')
    try {
      const { size } = fstatSync(archive)
      const whole: JournalLine[] = []
      for (const text of readFileSync(this.#path, 'utf8').split('\n').slice(0, -1)) {
        const line = readLine(text)
        if (line === undefined || line.end > size) break
        if (!line.entries.every((entry) => isEntryWhole(archive, entry))) break
        whole.push(line)
      }
      return whole
    } finally {
      closeSync(archive)
    }
  }

  append(lines: readonly JournalLine[]): void {
    if (this.#file === undefined) throw new Error('The journal is not open.')
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    let done = 0
    while (done < bytes.length) done += writeSync(this.#file, bytes, done)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

function readLine(text: string): JournalLine | undefined {
  try {
    return JSON.parse(text) as JournalLine
  } catch {
    return undefined
  }
}
