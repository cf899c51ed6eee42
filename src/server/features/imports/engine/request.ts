import type { ImportField, ImportKind } from '#contract/import-kinds.ts'
import type { ImportColumn, ImportFinding, ImportRowFilter, OnDuplicate } from '#contract/imports.ts'
import type { ReservedSlug } from '#contract/reserved-slugs.ts'
import type { Arriving } from './arrival.ts'
import type { Edit } from './edit-log.ts'
import type { StoredLinksOptions } from './stored-links.ts'

/** Everything a scan needs; plain data, as it crosses into the worker. */
export interface ScanRequest {
  /** What the rows become; links where it is left out. */
  kind?: ImportKind
  /** The uploaded file. Temporary files are written beside it, under its name with an ending of their own. */
  path: string
  /** Set while the file is still being received: it is read as it comes. */
  arriving?: Arriving
  /** The name the person gave it; tells `.xlsx` and is not opened. */
  filename: string
  /** Where links or cards to compare with are stored; left out, every row is new. */
  stored?: StoredLinksOptions
  onDuplicate: OnDuplicate
  /** Hosts of our own short links. */
  ownHosts?: readonly string[]
  /** Instead of the list that ships. */
  reserved?: readonly ReservedSlug[]
  /** `2026-11-23T09:30:00.000000Z`, to judge dates by. */
  now: string
  encoding?: string
  delimiter?: string
  /** 1-based record of the headers, 0 for none. */
  headerRow?: number
  /** Column index → field, laid over the guesses; `mappingBy` says whose it is (`person` or `memory`). */
  mapping?: Record<string, ImportField | null>
  mappingBy?: string
  /** Edits kept from before. */
  edits?: readonly Edit[]
}

/** What was found out about the file before its rows are checked. */
export interface SheetDescription {
  encoding: string
  /** A guess by statistics where the file is not UTF-8; for a person to choose. */
  suggested_encoding: string | null
  delimiter: string
  newline: '\n' | '\r\n' | '\r'
  header_row: number
  columns: ImportColumn[]
  header_findings: ImportFinding[]
  /** Bytes to be scanned. */
  bytes: number
  /** The first records below the header as the file has them, up to 100. */
  first_rows: string[][]
}

export interface Progress {
  phase: 'reading' | 'checking' | 'comparing'
  /** Bytes of `total` while reading and checking, slugs while comparing. */
  done: number
  total: number
  rows: number
}

export interface PageRequest {
  filter: ImportRowFilter
  /** Only rows with this finding. */
  code?: string | null
  /** 0-based place in the filtered list. */
  offset: number
  limit: number
}
