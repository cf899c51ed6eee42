import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, posix } from 'node:path'
import { pageFileTypes } from '#contract/page-policy.ts'

/** The built page: address → file. Made at the start, so that no request is ever resolved to a path. */
export type PageMap = ReadonlyMap<string, { type: string; body: Buffer<ArrayBuffer> }>

export function readPageMap(folder: string): PageMap {
  return new Map(filesUnder(folder, '/').map(({ path, url }) => [url, readEntry(path)]))
}

function filesUnder(folder: string, prefix: string): { path: string; url: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    const url = posix.join(prefix, entry.name)
    return entry.isDirectory() ? filesUnder(path, url) : [{ path, url }]
  })
}

function readEntry(path: string) {
  return {
    type: pageFileTypes[extname(path)] ?? 'application/octet-stream',
    body: Buffer.from(readFileSync(path)),
  }
}
