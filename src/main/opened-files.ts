import { randomUUID } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { OpenedFile } from '#contract/bridge.ts'

const mostKept = 20

/**
 * Files the person opened with the app, by an id made here. The page reads one, once, by its address, and never names
 * a path: a page that was taken over could read nothing that the person did not hand to it.
 */
export class OpenedFiles {
  private readonly paths = new Map<string, string>()

  /** Undefined for what is not a readable file. */
  add(path: string): OpenedFile | undefined {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats?.isFile()) return undefined
    const id = randomUUID()
    this.paths.set(id, path)
    const [oldest = ''] = this.paths.keys()
    if (this.paths.size > mostKept) this.paths.delete(oldest)
    return { name: basename(path), size: stats.size, url: `/opened-files/${id}` }
  }

  /** The bytes, once. */
  async open(id: string): Promise<Response | undefined> {
    const path = this.paths.get(id)
    if (path === undefined) return undefined
    this.paths.delete(id)
    const stream = createReadStream(path)
    const opened = await new Promise<boolean>((resolve) => {
      stream.once('open', () => resolve(true))
      stream.once('error', () => resolve(false))
    })
    if (!opened) return undefined
    const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' }
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>, { headers })
  }
}
