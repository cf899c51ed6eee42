import type { Client } from '#contract/client.ts'
import * as contract from '#contract/imports.ts'
import type { Import, ImportRow, ImportRowFilter } from '#contract/imports.ts'
import { listQrLinks, type QrLink } from '#contract/qr-links.ts'
import type { QueryOf } from '#contract/endpoint.ts'

/** A good spreadsheet of `rows` links, `prefix-1` and so on. */
export function sheetOf(rows: number, prefix = 'link'): string {
  let text = 'slug,destination_url,title,tags\r\n'
  for (let row = 1; row <= rows; row++) {
    text += `${prefix}-${row},https://example.com/${prefix}/${row},Title ${row},"print, ${prefix}"\r\n`
  }
  return text
}

/** The import endpoints in few words. */
export function importCalls(window: Client) {
  const one = (id: string) => ({ params: { id } })
  return {
    preview: async (
      upload: BodyInit,
      type = 'text/csv',
      query: QueryOf<typeof contract.previewQrLinkImport> = {},
    ): Promise<Import> => {
      const headers = upload instanceof FormData ? {} : { 'Content-Type': type }
      return (await window.call(contract.previewQrLinkImport, { upload, headers, query })).import
    },
    find: async (id: string): Promise<Import> => (await window.call(contract.findImport, one(id))).import,
    change: async (id: string, body: object): Promise<Import> =>
      (await window.call(contract.changeImport, { ...one(id), body })).import,
    rows: async (id: string, filter: ImportRowFilter = 'all', code?: string): Promise<ImportRow[]> => {
      const query = { filter, per_page: 100, ...(code !== undefined && { code }) }
      return (await window.call(contract.listImportRows, { ...one(id), query })).rows.data
    },
    edit: (id: string, row: number, cells: Record<string, string | null>) =>
      window.call(contract.changeImportRow, { params: { id, row }, body: { cells } }),
    fix: (id: string, code: string) => window.call(contract.fixImportRows, { ...one(id), body: { code } }),
    errorsCsv: async (id: string): Promise<string> =>
      // Not `text()`: that takes the byte order mark away.
      Buffer.from(
        await (await window.request(contract.downloadImportErrors, one(id))).arrayBuffer(),
      ).toString(),
    commit: async (id: string, wait = true): Promise<Import> =>
      (await window.call(contract.commitImport, { ...one(id), query: { wait } })).import,
    undo: async (id: string, wait = true): Promise<Import> =>
      (await window.call(contract.undoImport, { ...one(id), query: { wait } })).import,
    cancel: async (id: string): Promise<Import> => (await window.call(contract.cancelImport, one(id))).import,
    remove: (id: string) => window.call(contract.deleteImport, one(id)),
    links: async (query: QueryOf<typeof listQrLinks> = {}): Promise<{ total: number; data: QrLink[] }> =>
      (await window.call(listQrLinks, { query: { per_page: 100, sort: 'slug', ...query } })).qr_links,
    /** Asks until the import has one of the states; a minute at most. */
    settled: async (id: string, ...wanted: Import['status'][]): Promise<Import> => {
      for (const end = Date.now() + 60_000; Date.now() < end;) {
        const { import: now } = await window.call(contract.findImport, one(id))
        if (wanted.includes(now.status)) return now
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`The import did not become ${wanted.join(' or ')}.`)
    },
  }
}

export type ImportCalls = ReturnType<typeof importCalls>
